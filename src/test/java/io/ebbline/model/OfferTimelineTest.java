package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.Product.Use;
import io.ebbline.testing.Offers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Timelines of offers and of rates against what their words say, found by looking at every version. */
class OfferTimelineTest {

    private static final List<String> NAMES = List.of("EUR", "JPY", "SEK", "USD");

    /** A version that says something of some of four names. */
    private record Dated(ModelVersion version, long effectiveAt) {}

    private enum What {
        POLICY,
        OFFERS,
        CATALOGUE,
        RATES
    }

    private static Product product(String sku, String note, List<String> bundleOf) {
        return new Product(sku, note, null, null, null, true, 0, Long.MAX_VALUE, Use.UNKNOWN, bundleOf);
    }

    private static Offer offer(String id, String note) {
        return new Offer(id, null, note, 0, List.of(), 0, 9, 1, null, Offer.Eligibility.EVERYBODY, 1);
    }

    private static ModelVersion version(What what, String line, int number, List<String> of) {
        String id = line + what.name().charAt(0);
        String said = id + "/" + number;
        return switch (what) {
            case POLICY -> Offers.policy(id, number);
            case OFFERS ->
                new OfferSet(
                        id,
                        number,
                        0,
                        false,
                        of.stream().map(n -> offer(n, said)).toList(),
                        "");
            case CATALOGUE ->
                new Catalogue(
                        id,
                        number,
                        0,
                        false,
                        of.stream()
                                .map(n -> product(n, said, number % 3 == 0 ? List.of("x", "y") : List.of()))
                                .toList(),
                        "");
            case RATES ->
                new ExchangeRates(
                        id,
                        number,
                        0,
                        false,
                        "GBP",
                        of.stream()
                                .map(n -> new ExchangeRates.Rate(n, new BigDecimal(number + "." + line.length())))
                                .toList(),
                        "");
        };
    }

    /** Each reference once; instants and lines few enough for ties. */
    @Provide
    Arbitrary<List<Dated>> versions() {
        Arbitrary<Dated> one = Combinators.combine(
                        Arbitraries.of(What.values()),
                        Arbitraries.of("s", "tt", "u"),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.subsetOf(NAMES),
                        Arbitraries.longs().between(0, 6))
                .as((what, line, number, of, at) -> new Dated(
                        version(what, line, number, of.stream().sorted().toList()), at));
        return one.list().ofMaxSize(24).uniqueElements(dated -> dated.version.ref());
    }

    private static ModelTimeline timeline(List<Dated> versions) {
        ModelTimeline timeline = new ModelTimeline();
        versions.forEach(dated ->
                assertThat(timeline.add(dated.version, dated.effectiveAt)).isTrue());
        return timeline;
    }

    // ---- by the words of the classes

    private static final Comparator<Dated> LAST = Comparator.comparingLong(Dated::effectiveAt)
            .thenComparing(dated -> dated.version.version())
            .thenComparing(dated -> dated.version.modelId());

    private static <V extends ModelVersion> List<Dated> effective(List<Dated> all, Class<V> kind, long time) {
        return all.stream()
                .filter(dated -> kind.isInstance(dated.version) && dated.effectiveAt <= time)
                .sorted(LAST)
                .toList();
    }

    /** The last of every line, by modelId. */
    private static <V extends ModelVersion> Map<String, Dated> lines(List<Dated> all, Class<V> kind, long time) {
        Map<String, Dated> lines = new TreeMap<>();
        effective(all, kind, time).forEach(dated -> lines.put(dated.version.modelId(), dated));
        return lines;
    }

    private static @Nullable Product naiveProduct(List<Dated> all, String sku, long time) {
        Product last = null;
        for (Dated dated : effective(all, Catalogue.class, time)) {
            for (Product product : ((Catalogue) dated.version).products()) {
                last = product.sku().equals(sku) ? product : last;
            }
        }
        return last;
    }

    private static Map<String, Offer> naiveOffers(List<Dated> all, long time) {
        Map<String, Offer> offers = new TreeMap<>();
        lines(all, OfferSet.class, time).values().stream()
                .sorted(LAST)
                .forEach(dated -> ((OfferSet) dated.version).offers().forEach(o -> offers.put(o.offerId(), o)));
        return offers;
    }

    private static Map<String, BigDecimal> naiveRates(List<Dated> all, long time) {
        Map<String, BigDecimal> rates = new HashMap<>();
        lines(all, ExchangeRates.class, time).values().stream()
                .sorted(LAST)
                .forEach(dated ->
                        ((ExchangeRates) dated.version).rates().forEach(r -> rates.put(r.currency(), r.rate())));
        return rates;
    }

    private static OfferPolicy naivePolicy(List<Dated> all, long time) {
        List<Dated> policies = effective(all, OfferPolicy.class, time);
        return policies.isEmpty() ? OfferPolicy.shipped() : (OfferPolicy) policies.get(policies.size() - 1).version;
    }

    @Property
    void atEveryInstantThatIsInForceWhichANaiveSearchFinds(@ForAll("versions") List<Dated> all) {
        ModelTimeline timeline = timeline(all);
        for (long time = -1; time <= 7; time++) {
            OfferTimeline.Entry entry = timeline.offers().at(time);
            OfferPolicy policy = naivePolicy(all, time);
            assertThat(entry.policy()).isEqualTo(policy);
            Map<String, Offer> offers = naiveOffers(all, time);
            assertThat(entry.offers()).containsExactlyElementsOf(offers.values());
            assertThat(entry.hasCatalogue())
                    .isEqualTo(!effective(all, Catalogue.class, time).isEmpty());
            List<Product> bundles = new ArrayList<>();
            for (String name : NAMES) {
                assertThat(entry.offer(name)).isEqualTo(offers.get(name));
                Product product = naiveProduct(all, name, time);
                assertThat(entry.product(name)).isEqualTo(product);
                if (product != null && !product.bundleOf().isEmpty()) {
                    bundles.add(product);
                }
                assertThat(timeline.rates().at(time, name))
                        .isEqualTo(naiveRates(all, time).get(name));
            }
            assertThat(entry.bundles()).isEqualTo(bundles);
            String ref = Stream.of(
                            Stream.of(policy.ref()),
                            lines(all, OfferSet.class, time).values().stream().map(d -> d.version.ref()),
                            lines(all, Catalogue.class, time).values().stream().map(d -> d.version.ref()))
                    .flatMap(refs -> refs)
                    .collect(Collectors.joining("+"));
            assertThat(entry.ref()).isEqualTo(ref);
        }
    }

    @Property
    void neitherTheOrderOfInsertionMattersNorWhatWasAskedInBetween(
            @ForAll("versions") List<Dated> all, @ForAll Random random) {
        List<Dated> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        ModelTimeline one = timeline(all);
        ModelTimeline other = new ModelTimeline();
        for (Dated dated : shuffled) {
            other.add(dated.version, dated.effectiveAt);
            long time = random.nextInt(9) - 1;
            Objects.requireNonNull(other.offers().at(time).bundles());
            other.rates().at(time, "EUR");
        }
        for (long time = -1; time <= 7; time++) {
            OfferTimeline.Entry mine = one.offers().at(time);
            OfferTimeline.Entry theirs = other.offers().at(time);
            assertThat(theirs.ref()).isEqualTo(mine.ref());
            assertThat(theirs.policy()).isEqualTo(mine.policy());
            assertThat(theirs.offers()).isEqualTo(mine.offers());
            assertThat(theirs.bundles()).isEqualTo(mine.bundles());
            for (String name : NAMES) {
                assertThat(theirs.product(name)).isEqualTo(mine.product(name));
                assertThat(other.rates().at(time, name)).isEqualTo(one.rates().at(time, name));
            }
        }
    }

    @Test
    void beforeAnythingIsPublishedTheShippedPolicyHolds() {
        OfferTimeline.Entry entry = new ModelTimeline().offers().at(0);
        assertThat(entry.policy()).isEqualTo(OfferPolicy.shipped());
        assertThat(entry.ref()).isEqualTo("offers-default/1");
        assertThat(entry.offers()).isEmpty();
        assertThat(entry.hasCatalogue()).isFalse();
        assertThat(entry.product("a")).isNull();
    }

    @Test
    void aVersionOfAnyKindIsNeverChanged() {
        ModelTimeline timeline = new ModelTimeline();
        assertThat(timeline.add(new Catalogue("x", 1, 0, false, List.of(product("a", "first", List.of())), ""), 5))
                .isTrue();
        assertThat(timeline.add(new Catalogue("x", 1, 0, false, List.of(product("a", "second", List.of())), ""), 6))
                .isFalse();
        assertThat(timeline.add(new OfferSet("x", 1, 0, false, List.of(), ""), 6))
                .isFalse();
        assertThat(timeline.offers().at(9).product("a")).isEqualTo(product("a", "first", List.of()));
        assertThat(timeline.isEmpty()).isTrue();
    }
}
