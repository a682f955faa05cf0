package io.ebbline.operator;

import static io.ebbline.operator.StreamTypesTest.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.engine.Effect;
import io.ebbline.event.Purchase;
import io.ebbline.model.ModelVersion;
import io.ebbline.offer.AffinityRow;
import io.ebbline.offer.BasketCounts;
import io.ebbline.offer.Fact;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.MarketCounts;
import io.ebbline.offer.MarketDelta;
import io.ebbline.offer.OfferTally;
import io.ebbline.offer.RowDelta;
import io.ebbline.profile.Shelf;
import io.ebbline.state.ModelCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.testing.Offers;
import io.ebbline.testing.RandomOffers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.junit.jupiter.api.Test;

/** What becomes offers arrives as it was sent. */
class OfferTypesTest {

    private static <T> void check(TypeInformation<T> type, T value) throws IOException {
        assertThat(sent(type, value))
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(value);
    }

    /** What customer scoring tells, and what is counted of it. */
    @Property(tries = 15)
    void whatScoringTellsAndWhatIsCountedOfItArriveAsTheyWereSent(
            @ForAll long seed, @ForAll @IntRange(min = -30_000, max = 30_000) int tick) throws IOException {
        BasketCounts counts = new BasketCounts();
        for (OfferHistory.Told one : OfferHistory.of(seed).told()) {
            if (one.effect() instanceof Effect.Noted noted) {
                check(OfferTypes.FOR_CUSTOMER, new CustomerFact(one.customer(), noted.fact()));
                check(OfferTypes.FOR_CUSTOMER, new CustomerFact(one.customer(), noted.fact(), noted.asOf() + 7));
                if (noted.fact().event() instanceof Purchase purchase) {
                    check(OfferTypes.FOR_CUSTOMER, new CustomerFact(one.customer(), restocked(noted.fact(), purchase)));
                }
            } else {
                check(OfferTypes.COUNTED, one.effect());
            }
            if (one.effect() instanceof Effect.Bought bought) {
                counts.add(bought.basket());
                for (var item : bought.basket().first()) {
                    check(OfferTypes.FOR_PRODUCT, new ListAsk(item.sku(), one.customer(), bought.asOf()));
                }
            }
        }
        List<RowDelta> rows = new ArrayList<>();
        MarketDelta market = new MarketDelta();
        counts.drain(rows::add, market::merge);
        check(OfferTypes.MARKET, new TickedMarket(tick, market));
        check(OfferTypes.NEWS, OfferNews.of(new MarketCounts().fold(tick, market)));
        for (RowDelta row : rows) {
            check(OfferTypes.FOR_PRODUCT, new TickedRow(tick, row));
            ListUpdate list = Objects.requireNonNull(new AffinityRow(row.sku()).fold(tick, row, Market.empty()));
            check(OfferTypes.NEWS, OfferNews.of(list));
            check(OfferTypes.FOR_CUSTOMER, new ListReply("customer-1", seed, list));
        }
    }

    private static Fact restocked(Fact fact, Purchase purchase) {
        Shelf shelf = new Shelf();
        shelf.put(purchase, true);
        return new Fact(fact.asOf(), null, Fact.Cause.NOTE, fact.context(), shelf.copy());
    }

    @Property(tries = 100)
    void versionsAndStatisticsArriveAsTheyWereSent(@ForAll long seed, @ForAll int tick) throws IOException {
        for (ModelVersion version : Offers.of(seed)) {
            check(OfferTypes.NEWS, OfferNews.of(ControlUpdate.version(ModelCodec.write(version), seed)));
        }
        OfferTally tally = new OfferTally();
        RandomOffers random = new RandomOffers(seed);
        tally.add(random.decision());
        tally.add(random.withdrawn());
        TickedOffers arrived = sent(OfferTypes.TICKED_OFFERS, new TickedOffers(tick, tally));
        assertThat(arrived.tick()).isEqualTo(tick);
        assertThat(numbers(arrived.tally())).isEqualTo(numbers(tally));
    }

    private static List<List<Object>> numbers(OfferTally tally) {
        List<List<Object>> all = new ArrayList<>();
        tally.forEach((name, numbers) -> {
            List<Object> one = new ArrayList<>();
            one.add(name);
            for (long number : numbers) {
                one.add(number);
            }
            all.add(one);
        });
        return all;
    }

    @Test
    void noneOfThemIsLeftToKryo() {
        assertThat(List.<TypeInformation<?>>of(
                        OfferTypes.COUNTED,
                        OfferTypes.FOR_CUSTOMER,
                        OfferTypes.FOR_PRODUCT,
                        OfferTypes.MARKET,
                        OfferTypes.NEWS,
                        OfferTypes.TICKED_OFFERS))
                .doesNotHaveDuplicates()
                .noneMatch(type -> type instanceof GenericTypeInfo);
    }

    @Test
    void newsOfAnUnknownKindAreRefused() {
        assertThatExceptionOfType(PackedReader.MalformedException.class)
                .isThrownBy(() -> OfferTypes.readNews(new PackedReader(new byte[] {9})))
                .withMessage("News are of kind 9.");
    }
}
