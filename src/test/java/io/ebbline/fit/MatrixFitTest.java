package io.ebbline.fit;

import static io.ebbline.testing.Shop.back;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Event;
import io.ebbline.model.MatrixRules;
import io.ebbline.population.Population;
import io.ebbline.population.PopulationRow.RevenueClass;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Figures;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import io.ebbline.testing.Shop;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MatrixFitTest {

    private static final MatrixRules BASE = new MatrixRules(9, 9, 9, 9, 9, 9, 7.5, 0.25, 0.75, 11);

    private static Buyer buyer(Event... events) {
        BuyerFold fold = new BuyerFold(new ShopClock(ZoneOffset.UTC), 30 * Shop.DAY);
        for (Event event : events) {
            fold.add(event);
        }
        return Objects.requireNonNull(fold.buyer());
    }

    private static MatrixRules fit(List<Buyer> buyers) {
        return MatrixFit.of(buyers, day(100), buyer -> buyer.at(day(100)).grossMinor() / 3.0, BASE);
    }

    @Example
    void theLinesRunThroughTheMiddle() {
        MatrixRules rules = fit(List.of(
                buyer(order("a", day(0), 1_000)),
                buyer(order("b", day(0), 100), order("c", day(1), 200)),
                buyer(order("d", day(0), 50), order("e", day(1), 50), order("f", day(2), 2_000)),
                buyer(order("g", day(0), 400), order("h", day(0), 600), back(day(1), 100)),
                buyer(order("i", day(0), 500), order("late", day(101), 90_000)),
                buyer(order("later", day(101), 90_000)),
                buyer(order("none", day(0), 100), back(day(1), 100))));
        assertThat(rules.frequencyCut()).isEqualTo(2); // of 2, 2, 3
        assertThat(rules.averageOrderCutMinor()).isEqualTo(500); // of 150, 450, 500, 700, 1000
        assertThat(rules.currentCutMinor()).isEqualTo(900); // of 300, 500, 900, 1000, 2100
        assertThat(rules.potentialCutMinor()).isEqualTo(333); // of 100, 166.7, 333.3, 333.3, 700
        // Of 4800: 2100, 3100, 4000 (83 %), 4500 (94 %), 4800.
        assertThat(rules.classAMinor()).isEqualTo(899);
        assertThat(rules.classBMinor()).isEqualTo(299);
        assertThat(rules.engagementCut()).isEqualTo(7.5);
        assertThat(rules.attachmentCut()).isEqualTo(0.25);
        assertThat(rules.dealCut()).isEqualTo(0.75);
        assertThat(rules.promotionMillis()).isEqualTo(11);
    }

    @Example
    void whereNobodyOrderedTwiceTwoOrdersAreMany() {
        assertThat(fit(List.of(buyer(order("a", day(0), 7)))).frequencyCut()).isEqualTo(1);
    }

    @Example
    void withoutACustomerThereIsNothingToFit() {
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> fit(List.of(buyer(order("a", day(101), 7)))))
                .withMessage("Nobody has kept an order by then: choose a later date, or another history.");
    }

    /** Up to 127 the population's buckets are the values themselves. */
    @Property(tries = 500)
    void classesAreThoseThatTheStreamTells(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 127) Integer> spends) {
        List<Buyer> buyers = new ArrayList<>();
        TickTally tally = new TickTally();
        for (int spend : spends) {
            buyers.add(buyer(order("o", day(0), spend)));
            tally.add(Figures.NONE, new Figures(Stage.GROWTH, day(0), 1, spend, day(0)), day(1));
        }
        Population population = new Population();
        population.apply(tally);
        List<RevenueClass> classes = population.rows(20_000).get(2).classes();
        MatrixRules rules = fit(buyers);
        assertThat(spends.stream().filter(spend -> spend > rules.classAMinor()).count())
                .isEqualTo(classes.get(0).customers());
        assertThat(spends.stream().filter(spend -> spend > rules.classBMinor()).count())
                .isEqualTo(classes.get(0).customers() + classes.get(1).customers());
    }
}
