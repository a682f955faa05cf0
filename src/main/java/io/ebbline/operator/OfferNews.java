package io.ebbline.operator;

import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.MarketUpdate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all who make offers hear of, one thing at a time.
 *
 * @param market what a tick changed of products, categories and offers, or a part of that; null: not this
 * @param list what follows a product; null: not this
 * @param model a checked version; null: not this
 */
public record OfferNews(
        @Nullable MarketUpdate market,
        @Nullable ListUpdate list,
        @Nullable ControlUpdate model) {

    static OfferNews of(MarketUpdate market) {
        return new OfferNews(market, null, null);
    }

    static OfferNews of(ListUpdate list) {
        return new OfferNews(null, list, null);
    }

    /** The tick that it is news of; of a version none. */
    int tick() {
        return market != null ? market.tick() : Objects.requireNonNull(list).tick();
    }

    /** A version. */
    public static OfferNews of(ControlUpdate model) {
        return new OfferNews(null, null, model);
    }
}
