package io.ebbline.operator;

/**
 * An event on its way to a fit.
 *
 * @param time milliseconds since the epoch
 * @param body the event by {@code EventCodec}
 */
public record CustomerEvent(String customer, long time, byte[] body) {}
