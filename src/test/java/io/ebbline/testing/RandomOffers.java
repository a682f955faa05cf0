package io.ebbline.testing;

import io.ebbline.offer.Fact;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Refused;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferRow;
import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be said of offers, drawn from a seed: every field takes every value that it may have, in time. */
public final class RandomOffers {

    private static final List<Fact.Cause> CAUSES =
            List.of(Fact.Cause.ORDER, Fact.Cause.STAGE, Fact.Cause.DECLINE, Fact.Cause.NEED);

    private final Random random;

    public RandomOffers(long seed) {
        this.random = new Random(seed);
    }

    /** A decision with up to 5 offers. */
    public Decision decision() {
        return new Decision(
                text(),
                instant(),
                CAUSES.get(random.nextInt(CAUSES.size())),
                any(Stage.values()),
                maybe(this::text),
                list(1, this::offered),
                list(0, this::refused),
                maybe(this::text),
                instant(),
                instant(),
                random.nextInt(30_000),
                text() + "/1" + (random.nextBoolean() ? "+population/20190" : ""),
                random.nextBoolean() ? "offers-default/1" : "policy/2+catalogue/7+summer/12");
    }

    /** A withdrawal. */
    public Withdrawn withdrawn() {
        return new Withdrawn(text(), instant(), text(), text(), any(Kind.values()), any(Withdrawn.Why.values()));
    }

    /** What became of an offer. */
    public OfferRow row() {
        return new OfferRow(
                text(),
                count(),
                count(),
                count(),
                count(),
                count(),
                count(),
                count(),
                count(),
                count(),
                count(),
                random.nextDouble(),
                known(),
                known(),
                list(
                        0,
                        () -> new OfferRow.PropensityClass(
                                random.nextDouble(), count(), count(), random.nextDouble())));
    }

    private Offered offered() {
        return new Offered(
                text(),
                any(Kind.values()),
                maybe(this::text),
                maybe(this::text),
                random.nextDouble(),
                known(),
                1_000 * random.nextGaussian(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextGaussian(),
                list(0, () -> new Reason(any(ReasonCode.values()), random.nextGaussian(), known(), maybe(this::text))));
    }

    private Refused refused() {
        return new Refused(text(), any(OfferEffect.Refusal.values()));
    }

    private <T> List<T> list(int least, Supplier<T> item) {
        return Stream.generate(item)
                .limit(least + random.nextInt(5 - least + 1))
                .toList();
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private String text() {
        return List.of("", "sku:85123A", "Müller", "LUNCH BAG RED", "email").get(random.nextInt(5));
    }

    private long instant() {
        return 1_300_000_000_000L + random.nextInt();
    }

    private long count() {
        return random.nextInt(1 << random.nextInt(1, 20));
    }

    private double known() {
        return random.nextBoolean() ? random.nextDouble() : Double.NaN;
    }
}
