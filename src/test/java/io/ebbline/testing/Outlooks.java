package io.ebbline.testing;

import io.ebbline.profile.Outlook;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Outlooks of customers whose orders come as a Poisson process. */
public final class Outlooks {

    private static final long FORTNIGHT = 14 * 86_400_000L;

    private Outlooks() {}

    /**
     * One by which an order comes within a fortnight with that chance, whenever the latest was.
     *
     * @param chance NaN: nothing is known, and there is none
     */
    public static @Nullable Outlook steady(double chance) {
        return Double.isNaN(chance) ? null : steady(0, chance);
    }

    /** The same of who ordered last at an instant. */
    public static Outlook steady(long since, double chance) {
        return Outlook.of(
                since,
                1,
                FORTNIGHT,
                IntStream.range(0, Outlook.AGES)
                        .mapToObj(age -> -Math.log1p(-chance) * Outlook.millis(age) / FORTNIGHT)
                        .toList());
    }
}
