package io.ebbline.backtest;

import io.ebbline.fit.Buyer;
import java.util.List;

/**
 * All that is known at a cut: there is nothing in it that happened later, so that nothing later can reach a fit.
 *
 * @param customers whoever had an event by the cut, with their events up to it
 * @param buyers those of them who had ordered, in the same order
 * @param start time of the first order of all, milliseconds since the epoch
 * @param cut the last instant that is known, milliseconds since the epoch
 */
public record Past(List<CustomerEvents> customers, List<Buyer> buyers, long start, long cut) {}
