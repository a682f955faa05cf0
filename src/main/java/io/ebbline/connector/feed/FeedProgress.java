package io.ebbline.connector.feed;

/**
 * How far a feed has come.
 *
 * @param events events fed so far, those of earlier runs included, clock records not
 * @param sent Kafka records sent by this run, clock records included
 * @param skipped Kafka records that this run found in their partitions
 * @param arrival event time reached, milliseconds since the epoch; {@link Long#MIN_VALUE} before the first record
 * @param finished whether everything has been fed and acknowledged
 */
public record FeedProgress(long events, long sent, long skipped, long arrival, boolean finished) {}
