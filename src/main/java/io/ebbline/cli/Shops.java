package io.ebbline.cli;

import io.ebbline.config.ShopOptions;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import java.time.Instant;

/** The simulated shop that options describe. */
final class Shops {
    /** It opens at the same instant every time: the same seed, the same events. */
    private static final Instant OPENING = Instant.parse("2025-01-01T00:00:00Z");

    private Shops() {}

    static SimulatedShop of(ShopOptions options) {
        ShopRates usual = ShopRates.defaults();
        ShopRates rates = new ShopRates(
                options.returns(),
                usual.named(),
                usual.whole(),
                options.duplicates(),
                options.delayed(),
                options.late(),
                options.future(),
                options.anonymous(),
                options.foreign(),
                options.broken(),
                options.campaigns());
        return new SimulatedShop(options.seed(), options.customers(), options.days(), OPENING, rates);
    }
}
