package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.ShopEvents.DAY;
import static io.ebbline.connector.feed.ShopEvents.START;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The truth about a shop against what its customers did. */
class ShopTruthTest {

    private static final SimulatedShop SHOP = new SimulatedShop(3, 3_000, 1_000, START, ShopRates.clean());
    private static final List<CustomerTruth> CUSTOMERS =
            SHOP.truth().customers().toList();

    private static ShopEvents events;

    @BeforeAll
    static void send() {
        events = new ShopEvents(SHOP);
    }

    /** A hundred megabytes, which the tests after this one need. */
    @AfterAll
    static void forget() {
        events = new ShopEvents(List.of());
    }

    @ParameterizedTest
    @EnumSource(ShopSegment.class)
    void everySegmentHasItsShare(ShopSegment segment) {
        double share = segment.share();

        // Five standard deviations.
        assertThat(of(segment).size() / 3_000.0).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / 3_000)));
    }

    @Test
    void theFirstOrderIsWhereTheTruthSays() {
        assertThat(CUSTOMERS).allSatisfy(customer -> {
            List<Purchase> orders = events.orders(customer.id());
            assertThat(orders.isEmpty() ? null : at(orders.get(0))).isEqualTo(customer.firstOrderAt());
            assertThat(customer.rhythmDays() != null)
                    .isEqualTo(
                            customer.segment() != ShopSegment.ONE_TIME && customer.segment() != ShopSegment.PROSPECT);
        });
        assertThat(of(ShopSegment.ONE_TIME))
                .anyMatch(c -> c.firstOrderAt() != null)
                .allSatisfy(c -> assertThat(events.orders(c.id())).hasSizeLessThanOrEqualTo(1));
        assertThat(of(ShopSegment.PROSPECT)).allSatisfy(c -> {
            assertThat(events.orders(c.id())).isEmpty();
            assertThat(events.of(c.id())).isNotEmpty();
        });
    }

    @Test
    void whoStoppedDoesNotOrderUntilTheyReturn() {
        assertThat(of(BreakKind.STOPPED))
                .hasSizeGreaterThan(300)
                .allSatisfy(c -> assertThat(ordersBetween(c, millis(c.brokeAt()), backOrClose(c)))
                        .isZero());
        assertThat(CUSTOMERS.stream().filter(c -> c.returnedAt() != null))
                .hasSizeGreaterThan(50)
                .allSatisfy(c -> {
                    assertThat(c.kind()).isNotEqualTo(BreakKind.NONE);
                    assertThat(events.orders(c.id()).stream().map(ShopTruthTest::at))
                            .contains(c.returnedAt());
                });
        assertThat(of(BreakKind.NONE)).allSatisfy(c -> {
            assertThat(c.brokeAt()).isNull();
            assertThat(c.returnedAt()).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ShopSegment.class,
            names = {"ONE_TIME", "PROSPECT"},
            mode = EnumSource.Mode.EXCLUDE)
    void whileSettledOrdersComeAtTheRhythm(ShopSegment segment) {
        double orders = 0;
        double expected = 0;
        for (CustomerTruth c : of(segment)) {
            if (c.firstOrderAt() != null) {
                // Growth lasts two and a half gaps; whole years, so that the seasons cancel.
                double from = millis(c.firstOrderAt()) + 2.5 * rhythm(c);
                double span = (c.brokeAt() == null ? SHOP.close() : millis(c.brokeAt())) - from;
                long years = (long) (span / (365.25 * DAY));
                if (years > 0) {
                    orders += ordersBetween(c, (long) from, (long) (from + years * 365.25 * DAY));
                    expected += years * 365.25 * DAY / rhythm(c);
                }
            }
        }

        // The relative deviation of a renewal count is at most 1 / sqrt(count).
        assertThat(expected).isGreaterThan(500);
        assertThat(orders / expected).isCloseTo(1, within(Math.max(0.03, 4 / Math.sqrt(expected))));
    }

    @Test
    void whoSlowedOrdersAThirdToAFifthAsOften() {
        double orders = 0;
        double expected = 0;
        for (CustomerTruth c : of(BreakKind.SLOWED)) {
            orders += ordersBetween(c, millis(c.brokeAt()), backOrClose(c));
            expected += (backOrClose(c) - millis(c.brokeAt())) / rhythm(c);
        }

        assertThat(expected).isGreaterThan(1_000);
        assertThat(orders / expected).isBetween(0.19, 0.36);
    }

    @Test
    void regularsAreSteadyAndOccasionalBuyersAreNot() {
        // Erlang distributions of shape k have a coefficient of variation of 1 / sqrt(k); days and weekends blur it.
        assertThat(variation(ShopSegment.REGULAR)).isCloseTo(0.5, within(0.1));
        assertThat(variation(ShopSegment.OCCASIONAL)).isBetween(0.75, 1.05);
    }

    @Test
    void theSeasonalBuyInTwoMonthsHalfAYearApart() {
        // Nine in ten orders fall evenly into a sixth of the circle, for which it is 0.955; first orders fall anywhere.
        assertThat(concentration(ShopSegment.SEASONAL)).isBetween(0.7, 0.86);
        assertThat(concentration(ShopSegment.REGULAR)).isLessThan(0.4);
    }

    @Test
    void visitsAndOpenedMailsFadeBeforeTheBreak() {
        Map<String, double[]> rates = Map.of("visits", new double[3], "opened", new double[3]);
        double count = 0;
        for (CustomerTruth c : of(BreakKind.STOPPED)) {
            double broke = millis(c.brokeAt());
            if (broke - millis(c.firstOrderAt()) > 150 * DAY && SHOP.close() - broke > 60 * DAY) {
                count++;
                double[][] spans = {
                    {broke - 120 * DAY, broke - 60 * DAY},
                    {broke - 15 * DAY, broke},
                    {broke, Math.min(broke + 60 * DAY, backOrClose(c))}
                };
                for (int i = 0; i < spans.length; i++) {
                    double days = (spans[i][1] - spans[i][0]) / DAY;
                    rates.get("visits")[i] += idle(c, TouchpointType.VISIT, spans[i]) / days;
                    rates.get("opened")[i] += idle(c, TouchpointType.OPEN, spans[i]) / days;
                }
            }
        }

        assertThat(count).isGreaterThan(100);
        assertThat(rates.values()).allSatisfy(rate -> {
            assertThat(rate[1] / rate[0]).isLessThan(0.55);
            assertThat(rate[2] / rate[0]).isLessThan(0.1);
        });
    }

    @Test
    void aBreakIsOftenToldOfBefore() {
        double told = 0;
        List<CustomerTruth> broken =
                CUSTOMERS.stream().filter(c -> c.brokeAt() != null).toList();
        double usual = 0;
        for (CustomerTruth c : broken) {
            double broke = millis(c.brokeAt());
            told += negatives(c, broke - 56 * DAY, broke + 7 * DAY) > 0 ? 1 : 0;
            usual += negatives(c, broke - 119 * DAY, broke - 56 * DAY) > 0 ? 1 : 0;
        }

        assertThat(told / broken.size()).isBetween(0.3, 0.55);
        assertThat(usual / broken.size()).isLessThan(0.1);
    }

    @Test
    void mostVisitsComeByTheBestChannelAtTheBestHour() {
        double channels = 0;
        double hours = 0;
        double customers = 0;
        for (CustomerTruth c : CUSTOMERS) {
            List<Touchpoint> visits = touchpoints(c, TouchpointType.VISIT);
            if (visits.size() >= 25) {
                customers++;
                channels += mode(visits, Touchpoint::channel).equals(c.bestChannel()) ? 1 : 0;
                // A visit that ends in an order begins up to half an hour before it.
                int hour = mode(
                        events.orders(c.id()),
                        o -> at(o).atOffset(ZoneOffset.UTC).getHour());
                hours += hour == c.bestHour() ? 1 : 0;
            }
        }

        assertThat(customers).isGreaterThan(1_000);
        assertThat(channels / customers).isGreaterThan(0.95);
        assertThat(hours / customers).isGreaterThan(0.8);
    }

    /** Products of the same category and price class are alike but for affinities. */
    @Test
    void plantedPairsAreBoughtTheMoreOftenByTheirFactor() {
        Map<String, String> from = SHOP.truth().affinities().stream().collect(toMap(Affinity::to, Affinity::from));
        double hits = 0;
        double expected = 0;
        for (Affinity pair : SHOP.truth().affinities()) {
            List<String> alike = siblings(pair.to()).stream()
                    .filter(sku -> !from.containsKey(sku) && !sku.equals(pair.from()))
                    .toList();
            double others = 0;
            for (CustomerTruth c : CUSTOMERS) {
                Set<String> owned = new HashSet<>();
                for (Line line : lines(c)) {
                    if (owned.contains(pair.from()) && !owned.contains(pair.to()) && !owned.containsAll(alike)) {
                        hits += line.sku().equals(pair.to()) ? 1 : 0;
                        List<String> free = alike.stream()
                                .filter(sku -> !owned.contains(sku))
                                .toList();
                        others += free.contains(line.sku()) ? 1.0 / free.size() : 0;
                    }
                    owned.add(line.sku());
                }
            }
            expected += pair.factor() * others;
        }

        assertThat(hits).isGreaterThan(500);
        // A thousand or so of the others were bought: 15 % is more than four standard deviations.
        assertThat(hits / expected).isBetween(0.85, 1.15);
    }

    @Test
    void staplesAreBoughtAgainWhenTheyAreUsedUp() {
        List<Double> cycles = new ArrayList<>();
        for (CustomerTruth c : of(ShopSegment.FREQUENT)) {
            events.orders(c.id()).stream()
                    .flatMap(order -> order.lines().stream())
                    .filter(line -> cycle(line.sku()) > 0)
                    .findFirst()
                    .ifPresent(first -> {
                        List<Purchase> again = events.orders(c.id()).stream()
                                .filter(o ->
                                        o.lines().stream().anyMatch(l -> l.sku().equals(first.sku())))
                                .toList();
                        for (int i = 1; i < again.size(); i++) {
                            double gap = again.get(i).time() - again.get(i - 1).time();
                            cycles.add(gap / DAY / cycle(first.sku()));
                        }
                    });
        }

        assertThat(cycles).hasSizeGreaterThan(1_000);
        assertThat(cycles.stream().sorted().toList().get(cycles.size() / 2)).isBetween(0.85, 1.5);
    }

    @Test
    void theTruthIsWrittenAsTables(@TempDir Path directory) throws IOException {
        SHOP.truth().write(directory);

        List<String> rows = Files.readAllLines(directory.resolve("truth.csv"));
        assertThat(rows.get(0))
                .isEqualTo(
                        "customer_id,segment,first_order_at,rhythm_days,broke_at,kind,returned_at,best_channel,best_hour");
        assertThat(rows)
                .hasSize(3_001)
                .allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(9));
        for (CustomerTruth c : CUSTOMERS) {
            String[] row = rows.get(1 + CUSTOMERS.indexOf(c)).split(",", -1);
            assertThat(row[0]).isEqualTo(c.id());
            assertThat(row[1]).isEqualTo(c.segment().name());
            assertThat(row[4].isEmpty() ? null : Instant.parse(row[4])).isEqualTo(c.brokeAt());
            assertThat(row[5]).isEqualTo(c.kind().name());
            assertThat(row[8]).isEqualTo(String.valueOf(c.bestHour()));
        }
        assertThat(Files.readAllLines(directory.resolve("affinities.csv")))
                .hasSize(1 + SHOP.truth().affinities().size())
                .startsWith("from,to,factor")
                .allMatch(row -> row.split(",", -1).length == 3);
    }

    @Test
    void whatIsWrittenIsReadAgain(@TempDir Path directory) throws IOException {
        SHOP.truth().write(directory);
        Path file = directory.resolve("truth.csv");

        List<CustomerTruth> read = ShopTruth.read(file);

        assertThat(read)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("rhythmDays")
                .isEqualTo(CUSTOMERS);
        Files.writeString(file, Files.readString(file).replaceFirst("\nc1,[A-Z_]+", "\nc1,NOBODY"));
        assertThatThrownBy(() -> ShopTruth.read(file))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("NOBODY");
    }

    @Test
    void affinitiesThatAreWrittenAreReadAgain(@TempDir Path directory) throws IOException {
        SHOP.truth().write(directory);
        Path file = directory.resolve("affinities.csv");

        assertThat(ShopTruth.readAffinities(file))
                .isNotEmpty()
                .isEqualTo(SHOP.truth().affinities());
        Files.writeString(file, "from,to,factor\na,b,much\n");
        assertThatThrownBy(() -> ShopTruth.readAffinities(file))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("much");
    }

    private static List<CustomerTruth> of(ShopSegment segment) {
        return CUSTOMERS.stream().filter(c -> c.segment() == segment).toList();
    }

    private static List<CustomerTruth> of(BreakKind kind) {
        return CUSTOMERS.stream().filter(c -> c.kind() == kind).toList();
    }

    private static double rhythm(CustomerTruth customer) {
        Double days = customer.rhythmDays();
        assertThat(days).isNotNull();
        return days * DAY;
    }

    private static long ordersBetween(CustomerTruth c, long from, long to) {
        return events.orders(c.id()).stream()
                .filter(o -> o.time() >= from && o.time() < to)
                .count();
    }

    private static double variation(ShopSegment segment) {
        List<Double> gaps = new ArrayList<>();
        for (CustomerTruth c : of(segment)) {
            List<Purchase> orders = events.orders(c.id());
            if (c.kind() == BreakKind.NONE && orders.size() > 6) {
                for (int i = 4; i < orders.size(); i++) {
                    gaps.add((orders.get(i).time() - orders.get(i - 1).time()) / rhythm(c));
                }
            }
        }
        double mean = gaps.stream().mapToDouble(g -> g).average().orElseThrow();
        double squares = gaps.stream().mapToDouble(g -> (g - mean) * (g - mean)).sum();
        return Math.sqrt(squares / gaps.size()) / mean;
    }

    /** The mean resultant length of orders on a circle of half a year: 0 when spread evenly, 1 when on one day. */
    private static double concentration(ShopSegment segment) {
        double sum = 0;
        double customers = 0;
        for (CustomerTruth c : of(segment)) {
            List<Purchase> orders = events.orders(c.id());
            if (orders.size() >= 10) {
                double x = 0;
                double y = 0;
                for (Purchase order : orders) {
                    double angle = 2 * Math.PI * order.time() / (365.25 / 2 * DAY);
                    x += Math.cos(angle);
                    y += Math.sin(angle);
                }
                sum += Math.hypot(x, y) / orders.size();
                customers++;
            }
        }
        return sum / customers;
    }

    /** Touchpoints that no order follows within three hours. */
    private static double idle(CustomerTruth c, TouchpointType type, double[] span) {
        List<Purchase> orders = events.orders(c.id());
        return touchpoints(c, type).stream()
                .filter(t -> t.time() >= span[0] && t.time() < span[1])
                .filter(t -> orders.stream().noneMatch(o -> o.time() >= t.time() && o.time() - t.time() < DAY / 8))
                .count();
    }

    private static long negatives(CustomerTruth c, double from, double to) {
        return events.of(c.id()).stream()
                .filter(e -> e.time() >= from && e.time() < to)
                .filter(e -> e instanceof Touchpoint t
                        && (t.type() == TouchpointType.COMPLAINT
                                || t.type() == TouchpointType.UNSUBSCRIBE
                                || (t.type() == TouchpointType.SURVEY && t.value() != null && t.value() < 3)))
                .count();
    }

    private static List<Touchpoint> touchpoints(CustomerTruth c, TouchpointType type) {
        return events.of(c.id()).stream()
                .filter(Touchpoint.class::isInstance)
                .map(Touchpoint.class::cast)
                .filter(t -> t.type() == type)
                .toList();
    }

    private static List<Line> lines(CustomerTruth c) {
        return events.orders(c.id()).stream().flatMap(o -> o.lines().stream()).toList();
    }

    private static List<String> siblings(String sku) {
        Catalogue.Product product = named(sku);
        return Stream.iterate(0, i -> i + 1)
                .limit(Catalogue.SIZE)
                .map(Catalogue::product)
                .filter(p -> p.category().equals(product.category())
                        && Catalogue.tier(p) == Catalogue.tier(product)
                        && !p.sku().equals(sku))
                .map(Catalogue.Product::sku)
                .toList();
    }

    private static int cycle(String sku) {
        return named(sku).cycle();
    }

    private static Catalogue.Product named(String sku) {
        for (int i = 0; i < Catalogue.SIZE; i++) {
            if (Catalogue.product(i).sku().equals(sku)) {
                return Catalogue.product(i);
            }
        }
        throw new AssertionError(sku);
    }

    private static <E, K> K mode(List<E> all, Function<E, K> key) {
        return all.stream().collect(groupingBy(key, counting())).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static Instant at(Event event) {
        return Instant.ofEpochMilli(event.time());
    }

    private static long millis(Instant instant) {
        return instant.toEpochMilli();
    }

    private static long backOrClose(CustomerTruth c) {
        return c.returnedAt() == null ? SHOP.close() : millis(c.returnedAt());
    }
}
