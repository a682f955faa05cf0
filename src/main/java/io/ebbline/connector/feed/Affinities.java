package io.ebbline.connector.feed;

import io.ebbline.connector.feed.Catalogue.Product;
import io.ebbline.event.Hash64;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The affinities planted between products, drawn from the shop's seed. No product is the target of two of them. */
final class Affinities {

    private static final int PAIRS = 24;
    private static final int LEAST_FACTOR = 6;
    private static final int FACTORS = 10;

    private record Pair(Product from, Product to, double factor) {}

    private final List<Pair> pairs = new ArrayList<>();

    Affinities(long seed) {
        SplittableRandom random = new SplittableRandom(Hash64.of("affinities/" + seed));
        boolean[] taken = new boolean[Catalogue.SIZE];
        while (pairs.size() < PAIRS) {
            Product from = Catalogue.product(random.nextInt(Catalogue.SIZE));
            Product to = Catalogue.product(random.nextInt(Catalogue.SIZE));
            if (from.index() != to.index() && !taken[to.index()]) {
                taken[to.index()] = true;
                pairs.add(new Pair(from, to, LEAST_FACTOR + random.nextInt(FACTORS)));
            }
        }
    }

    List<Affinity> list() {
        return pairs.stream()
                .map(pair -> new Affinity(pair.from().sku(), pair.to().sku(), pair.factor()))
                .toList();
    }

    /** A product that somebody with that cupboard buys next: by taste, the odds of affine ones multiplied. */
    Product draw(SplittableRandom random, Taste taste, Cupboard cupboard) {
        double extra = 0;
        for (Pair pair : pairs) {
            extra += extra(pair, taste, cupboard);
        }
        double dice = random.nextDouble() * (1 + extra) - 1;
        if (dice >= 0) {
            for (Pair pair : pairs) {
                dice -= extra(pair, taste, cupboard);
                if (dice < 0) {
                    return pair.to();
                }
            }
        }
        return taste.draw(random);
    }

    private static double extra(Pair pair, Taste taste, Cupboard cupboard) {
        boolean affine = cupboard.holds(pair.from()) && !cupboard.holds(pair.to());
        return affine ? (pair.factor() - 1) * taste.chance(pair.to()) : 0;
    }
}
