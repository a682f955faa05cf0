package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import java.util.Currency;
import java.util.List;
import java.util.Map;
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
 * @param history events fed in each of the newest seconds, the oldest first
 * @param watermark how far the customer operator has come in event time, milliseconds since the epoch; empty before it
 *     runs
 * @param customers customers who have a score
 * @param orders that they kept, all together
 * @param segments customers by segment
 * @param stages customers by stage
 * @param grid customers by R (first index: 0 is R = 1) and F
 * @param flows between stages in the newest {@link LiveState#FLOW_DAYS} days of event time, the largest first
 * @param transitions changes of stage or segment so far
 * @param signals by kind
 * @param leaving the newest signals of customers who are going, the newest first
 * @param returning the newest signals of customers who are coming back, the newest first
 * @param offers made and not made
 * @param newestOffers offers and withdrawals, the newest first
 * @param rejected records by the reason for which they were rejected or found late
 * @param currency of every amount
 */
public record LiveSnapshot(
        String title,
        String phase,
        long eventsFed,
        long eventsTotal,
        long eventsPerSecond,
        List<Long> history,
        OptionalLong watermark,
        long customers,
        long orders,
        SortedMap<String, Long> segments,
        SortedMap<String, Long> stages,
        List<List<Long>> grid,
        List<Flow> flows,
        long transitions,
        Map<SignalKind, Long> signals,
        List<Signal> leaving,
        List<Signal> returning,
        OfferTotals offers,
        List<OfferNews> newestOffers,
        SortedMap<String, Long> rejected,
        Currency currency,
        Addresses addresses) {}
