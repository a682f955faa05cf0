package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Assortment;
import io.ebbline.offer.Candidate;
import io.ebbline.offer.Candidates;
import io.ebbline.offer.Market;
import io.ebbline.offer.Worth;
import io.ebbline.profile.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import org.jspecify.annotations.Nullable;

/** A decision that looks closely at few is that which looks at all: the oracle is a desk that is never told who comes first. */
class QuickDecisionTest {

    private static final int SEED = 4;

    /** Says what may be offered as an assortment does. */
    private static class All implements Candidates {
        private final Assortment assortment;

        All(Assortment assortment) {
            this.assortment = assortment;
        }

        @Override
        public List<Candidate> of(
                Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
            return assortment.of(shelf, market, model, asOf, refused, limit);
        }

        @Override
        public List<Candidate> needed(
                Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
            return assortment.needed(shelf, market, model, asOf, refused, limit);
        }
    }

    /** Says who comes first, too, and counts how often it could. */
    private static final class First extends All {
        private final Assortment assortment;
        private final AtomicInteger found;

        First(Assortment assortment, AtomicInteger found) {
            super(assortment);
            this.assortment = assortment;
            this.found = found;
        }

        @Override
        public @Nullable List<Candidate> worthiest(
                Shelf shelf, Market market, RankingModel model, long asOf, int limit, Worth worth, int n) {
            List<Candidate> worthiest = assortment.worthiest(shelf, market, model, asOf, limit, worth, n);
            found.addAndGet(worthiest == null ? 0 : 1);
            return worthiest;
        }
    }

    private static List<String> told(Function<Assortment, Candidates> candidates) {
        History history = new SimulatedShop(SEED, 300, 300, Instant.parse("2025-01-01T00:00:00Z"), ShopRates.defaults())
                .history();
        PropensityTrial trial =
                new PropensityTrial(ScoringModel.shipped(), List.of(), EngineRules.defaults(), history.end(), 2);
        CustomerEvents.of(history.records(), history.currency()).forEach(trial::add);
        List<String> told = new ArrayList<>();
        trial.judge(candidates, (customer, effect) -> told.add(customer + " " + effect));
        return told;
    }

    @Example
    void whoLooksAtFewTellsWhatIsToldByWhoLooksAtAll() {
        AtomicInteger found = new AtomicInteger();
        List<String> few = told(assortment -> new First(assortment, found));
        assertThat(found.get()).isGreaterThan(500);
        assertThat(few).isEqualTo(told(All::new));
    }
}
