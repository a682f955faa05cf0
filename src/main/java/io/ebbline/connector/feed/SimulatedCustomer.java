package io.ebbline.connector.feed;

import java.util.List;

/**
 * What is true of a simulated customer, though no event says so.
 *
 * @param favourites categories that most of their purchases come from, at least one
 */
public record SimulatedCustomer(String id, Rhythm rhythm, List<String> favourites) {

    public SimulatedCustomer {
        favourites = List.copyOf(favourites);
    }
}
