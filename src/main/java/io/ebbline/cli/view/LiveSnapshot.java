package io.ebbline.cli.view;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What the live view shows, at one moment.
 *
 * @param title what is fed
 * @param phase what goes on, in a few words
 * @param eventsFed events of the feed that are in the topics
 * @param eventsTotal events of the feed
 * @param eventsPerSecond events fed per second lately
 * @param watermark how far the customer operator has come in event time, milliseconds since the epoch; empty before it
 *     runs
 * @param customers customers who have a score
 * @param segments customers by segment
 * @param stages customers by stage
 * @param grid customers by R (first index: 0 is R = 1) and F
 * @param transitions how many there were
 * @param newest the newest of them, the newest first
 * @param rejected records by the reason for which they were rejected or found late
 */
public record LiveSnapshot(
        String title,
        String phase,
        long eventsFed,
        long eventsTotal,
        long eventsPerSecond,
        OptionalLong watermark,
        long customers,
        SortedMap<String, Long> segments,
        SortedMap<String, Long> stages,
        List<List<Long>> grid,
        long transitions,
        List<Transition> newest,
        SortedMap<String, Long> rejected,
        Addresses addresses) {}
