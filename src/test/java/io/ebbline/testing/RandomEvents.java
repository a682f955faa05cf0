package io.ebbline.testing;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Events with every field filled in any way that their types allow. */
public final class RandomEvents {

    private static final long LATEST = 253_402_300_799_999L;

    private RandomEvents() {}

    /** Events of all kinds. Their totals follow from their lines. */
    public static Arbitrary<Event> any() {
        return Arbitraries.oneOf(purchases(), returns(), touchpoints());
    }

    /** Events of all kinds, and requests. */
    public static Arbitrary<Event> anyOrRequest() {
        return Arbitraries.oneOf(any(), requests());
    }

    /** Requests of all kinds. */
    public static Arbitrary<Request> requests() {
        Arbitrary<Erasure> erasures = Combinators.combine(ids(), times()).as(Erasure::new);
        Arbitrary<Merge> merges = Combinators.combine(ids(), times(), ids()).as(Merge::new);
        Arbitrary<Unmerge> unmerges = Combinators.combine(ids(), times(), ids()).as(Unmerge::new);
        return Arbitraries.oneOf(erasures, merges, unmerges);
    }

    /** Purchases with at least one line. */
    public static Arbitrary<Purchase> purchases() {
        return Combinators.combine(
                        ids(),
                        times(),
                        ids(),
                        optional(texts()),
                        optional(Arbitraries.longs()),
                        lines(-1_000_000).list().ofMinSize(1).ofMaxSize(4))
                .as((id, time, order, channel, discount, lines) ->
                        new Purchase(id, time, order, "GBP", channel, discount, lines, Line.sumMinor(lines, 2)));
    }

    /** Returns that say what came back, or that the whole order did. */
    public static Arbitrary<Return> returns() {
        return Combinators.combine(
                        ids(),
                        times(),
                        optional(ids()),
                        Arbitraries.of(true, false),
                        lines(0).list().ofMaxSize(4))
                .as((id, time, order, whole, lines) ->
                        new Return(id, time, order, whole || lines.isEmpty(), "GBP", lines, Line.sumMinor(lines, 2)));
    }

    /** Touchpoints of every type. */
    public static Arbitrary<Touchpoint> touchpoints() {
        return Combinators.combine(
                        ids(),
                        times(),
                        Arbitraries.of(TouchpointType.class),
                        optional(texts()),
                        optional(texts()),
                        optional(texts()),
                        optional(texts()),
                        optional(Arbitraries.doubles()))
                .as((id, time, type, channel, sku, category, campaign, value) ->
                        new Touchpoint(id, time, type, channel, sku, category, campaign, channel, value));
    }

    /** Ids: not empty, of any characters but zero and halves of pairs. */
    public static Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(3),
                Arbitraries.strings()
                        .withCharRange('\u0001', '\ud7ff')
                        .withChars("\ue000\uffff")
                        .ofMinLength(1)
                        .ofMaxLength(20),
                Arbitraries.of("\ud83d\uded2", "a\ud83d\uded2"));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ascii().ofMaxLength(12);
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3), Arbitraries.longs().between(0, LATEST));
    }

    private static Arbitrary<Line> lines(long leastQuantity) {
        return Combinators.combine(
                        texts(),
                        optional(texts()),
                        Arbitraries.longs().between(leastQuantity, 100_000_000L),
                        Arbitraries.longs().between(-10_000_000_000L, 10_000_000_000L),
                        optional(Arbitraries.longs()))
                .as(Line::new);
    }

    private static <T> Arbitrary<T> optional(Arbitrary<T> values) {
        return values.injectNull(0.3);
    }
}
