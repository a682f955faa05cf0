package io.ebbline.model;

import java.util.Random;

/** How long an evaluation and a crossing take, without and with a layer. */
final class BuyingBench {

    private static final long DAY = 86_400_000;

    private BuyingBench() {}

    public static void main(String[] args) {
        BuyingModel mean = BuyingModel.shipped();
        BuyingLayer layer = new BuyingLayer(-.4, .4, .3, -.3, .7, .2, .15, 364 * DAY, 91 * DAY, 3_500);
        BuyingModel layered = new BuyingModel(mean.repeat(), mean.decayed(), mean.horizonMillis(), layer);
        Evidence[] some = new Evidence[1000];
        Random random = new Random(1);
        for (int i = 0; i < some.length; i++) {
            int x = random.nextInt(8);
            some[i] = new Evidence(x, x * 30 * DAY, x * .7, x * .9, random.nextInt(20_000), 1 + random.nextInt(5));
        }
        for (int round = 0; round < 4; round++) {
            for (BuyingModel model : new BuyingModel[] {mean, layered}) {
                double sum = 0;
                long start = System.nanoTime();
                for (int i = 0; i < 1_000_000; i++) {
                    sum += model.pBuy(some[i % 1000], i % 400 * DAY);
                }
                long middle = System.nanoTime();
                for (int i = 0; i < 200_000; i++) {
                    Evidence known = some[i % 1000];
                    sum += model.fallsBelow(Math.min(.455, .9 * model.pBuy(known, 0)), known, 0);
                }
                long end = System.nanoTime();
                System.out.printf(
                        "%s: P(buy) %d ns, crossing %d ns (%g)%n",
                        model == mean ? "mean" : "layer", (middle - start) / 1_000_000, (end - middle) / 200_000, sum);
            }
        }
    }
}
