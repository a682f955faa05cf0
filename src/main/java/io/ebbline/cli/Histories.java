package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.config.HistoryOptions;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.engine.Engine;
import io.ebbline.profile.Exposures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Histories as the options name them. */
final class Histories {

    private Histories() {}

    /** What is wrong with the options, each with its fix; empty when nothing is. */
    static List<String> problems(HistoryOptions options) {
        List<String> problems = options.problems();
        if (options.input().isPresent() && options.format().isPresent()) {
            try {
                HistoryFormat.named(options.format().get()).mapping(options.csv());
            } catch (FeedException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return problems;
    }

    /** Reads the file of the options, whose format is known. */
    static History read(Path file, HistoryOptions options) {
        HistoryFormat format = HistoryFormat.named(options.format().orElseThrow());
        return format.read(file, format.mapping(options.csv()));
    }

    /** How long the offers of a history stand, as far as a file beside it tells; a fortnight otherwise. */
    static Exposures.Lives lives(HistoryOptions options) {
        Map<String, Long> lives = new HashMap<>();
        options.input()
                .ifPresent(file -> HistoryFormat.named(options.format().orElseThrow())
                        .offers(file)
                        .forEach(offer -> lives.put(offer.offerId(), offer.lifeMillis())));
        return (offerId, at) -> lives.getOrDefault(offerId, Engine.FORTNIGHT.lifeMillis(offerId, at));
    }

    /** The customers of a history, whose numbers are told. */
    static List<CustomerEvents> customers(History history, Console console) {
        List<CustomerEvents> customers = CustomerEvents.of(history.records(), history.currency());
        int events = customers.stream()
                .mapToInt(customer -> customer.events().size())
                .sum();
        console.line("%,d events of %,d customers".formatted(events, customers.size()));
        return customers;
    }
}
