package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ebbline.offer.Fact;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Passed;
import io.ebbline.offer.OfferEffect.Refused;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferRow;
import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.InMemoryRegistry;
import io.ebbline.testing.RandomOffers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Offers, withdrawals and what became of them, against Avro's own reader and writer with the schemas of the repository. */
class OfferEncoderTest {

    private static final Schema OFFER = Schemas.of("NextBestOffer");
    private static final Schema WITHDRAWAL = Schemas.of("OfferWithdrawal");
    private static final Schema TICK = Schemas.of("OfferTick");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final OfferEncoder encoder = new OfferEncoder(registry, true, "GBP", "run-7", true);
    private final OfferStatsEncoder stats = new OfferStatsEncoder(registry, true, "run-7", true);

    private static Map<String, Object> values(@Nullable Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return values;
    }

    private static GenericData.EnumSymbol symbol(Schema schema, String field, Enum<?> constant) {
        return new GenericData.EnumSymbol(schema.getField(field).schema(), constant.name());
    }

    private static Schema items(Schema schema, String field) {
        return schema.getField(field).schema().getElementType();
    }

    private static @Nullable Object known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static GenericRecord expected(String customer, Decision decision) {
        return GenericEvents.filled(
                OFFER,
                values(
                        "eventId",
                        decision.eventId(),
                        "customerId",
                        customer,
                        "time",
                        decision.asOf(),
                        "currency",
                        "GBP",
                        "cause",
                        symbol(OFFER, "cause", decision.cause()),
                        "stage",
                        symbol(OFFER, "stage", decision.stage()),
                        "segment",
                        decision.segment(),
                        "offers",
                        decision.offers().stream()
                                .map(OfferEncoderTest::expected)
                                .toList(),
                        "refused",
                        decision.refused().stream()
                                .map(OfferEncoderTest::expected)
                                .toList(),
                        "channel",
                        decision.channel(),
                        "sendFrom",
                        decision.sendFrom(),
                        "expires",
                        decision.expires(),
                        "affinityTick",
                        decision.tick(),
                        "models",
                        List.of(decision.modelRef().split("[+]")),
                        "offerModels",
                        List.of(decision.offersRef().split("[+]"))));
    }

    private static GenericRecord expected(Offered offer) {
        Schema schema = items(OFFER, "offers");
        return GenericEvents.filled(
                schema,
                values(
                        "offerId",
                        offer.offerId(),
                        "kind",
                        symbol(schema, "kind", offer.kind()),
                        "sku",
                        offer.sku(),
                        "category",
                        offer.category(),
                        "propensity",
                        offer.propensity(),
                        "drawn",
                        known(offer.drawn()),
                        "valueMinor",
                        offer.valueMinor(),
                        "weight",
                        offer.weight(),
                        "lever",
                        offer.lever(),
                        "score",
                        offer.score(),
                        "reasons",
                        offer.reasons().stream()
                                .map(reason -> GenericEvents.filled(
                                        items(schema, "reasons"),
                                        values(
                                                "code",
                                                reason.code().name(),
                                                "value",
                                                reason.value(),
                                                "reference",
                                                known(reason.reference()),
                                                "label",
                                                reason.label())))
                                .toList()));
    }

    private static GenericRecord expected(Refused refused) {
        Schema schema = items(OFFER, "refused");
        return GenericEvents.filled(
                schema, values("offerId", refused.offerId(), "why", symbol(schema, "why", refused.refusal())));
    }

    private static GenericRecord expected(String customer, Withdrawn withdrawn) {
        return GenericEvents.filled(
                WITHDRAWAL,
                values(
                        "eventId",
                        withdrawn.eventId(),
                        "customerId",
                        customer,
                        "time",
                        withdrawn.asOf(),
                        "decisionId",
                        withdrawn.decisionId(),
                        "offerId",
                        withdrawn.offerId(),
                        "why",
                        symbol(WITHDRAWAL, "why", withdrawn.why())));
    }

    private static GenericRecord expected(int tick, OfferRow row) {
        Schema propensity = items(TICK, "calibration");
        return GenericEvents.filled(
                TICK,
                values(
                        "tick",
                        tick,
                        "time",
                        (tick + 1) * 86_400_000L,
                        "offerId",
                        row.offerId(),
                        "made",
                        row.made(),
                        "withdrawn",
                        row.withdrawn(),
                        "ended",
                        row.ended(),
                        "shown",
                        row.shown(),
                        "accepted",
                        row.accepted(),
                        "rejected",
                        row.rejected(),
                        "expired",
                        row.expired(),
                        "bought",
                        row.bought(),
                        "heldOut",
                        row.heldOut(),
                        "heldOutBought",
                        row.heldOutBought(),
                        "expected",
                        row.expected(),
                        "uplift",
                        known(row.uplift()),
                        "upliftError",
                        known(row.upliftError()),
                        "calibration",
                        row.calibration().stream()
                                .map(c -> GenericEvents.filled(
                                        propensity,
                                        values(
                                                "from",
                                                c.from(),
                                                "offers",
                                                c.offers(),
                                                "taken",
                                                c.taken(),
                                                "expected",
                                                c.expected())))
                                .toList()));
    }

    private static void assertWritten(
            Outgoing record, Topic topic, String key, long time, int id, GenericRecord expected) {
        assertThat(record.topic()).isEqualTo(topic);
        assertThat(record.key()).isEqualTo(key.getBytes(StandardCharsets.UTF_8));
        assertThat(record.time()).isEqualTo(time);
        assertThat(record.headers()).extracting(Header::name).containsExactly("ebbline.run-id", "ebbline.replay");
        assertThat(record.value()).isEqualTo(GenericEvents.framed(id, GenericEvents.bytes(expected)));
        assertThat(GenericEvents.read(expected.getSchema(), record.value(), 5)).isEqualTo(expected);
    }

    @Property(tries = 200)
    void whatIsSaidIsWrittenAsAvroWritesItAndAvroReadsIt(@ForAll long seed) {
        RandomOffers random = new RandomOffers(seed);
        Decision decision = random.decision();
        assertWritten(
                encoder.encode("Müller", decision),
                Topic.NEXT_BEST_OFFERS,
                "Müller",
                decision.asOf(),
                1,
                expected("Müller", decision));
        Withdrawn withdrawn = random.withdrawn();
        assertWritten(
                encoder.encode("c", withdrawn),
                Topic.NEXT_BEST_OFFERS,
                "c",
                withdrawn.asOf(),
                2,
                expected("c", withdrawn));
        OfferRow row = random.row();
        int tick = decision.tick();
        assertWritten(
                stats.encode(tick, row),
                Topic.OFFER_STATS,
                row.offerId(),
                (tick + 1) * 86_400_000L,
                3,
                expected(tick, row));
    }

    @Test
    void aDecisionReadsAsItWasTaken() {
        Reason reason = new Reason(ReasonCode.CATEGORY, 6.1, Double.NaN, "22384");
        Offered offer = new Offered(
                "sku:20725", Kind.EXPLORE, "20725", null, 0.043, Double.NaN, 49.5, 1, 1, 2.1285, List.of(reason));
        Decision decision = new Decision(
                "id-1",
                1_000,
                Fact.Cause.DECLINE,
                Stage.MATURE,
                "Loyal",
                List.of(offer),
                List.of(new Refused("spring", OfferEffect.Refusal.CATEGORY_COOL_DOWN)),
                "email",
                2_000,
                3_000,
                15_000,
                "m/1+population/20190",
                "policy/1+catalogue/4");
        GenericRecord read =
                GenericEvents.read(OFFER, encoder.encode("c", decision).value(), 5);
        assertThat(read.get("cause")).hasToString("DECLINE");
        assertThat(read.get("stage")).hasToString("MATURE");
        assertThat(read.get("models")).hasToString("[m/1, population/20190]");
        assertThat(read.get("offerModels")).hasToString("[policy/1, catalogue/4]");
        assertThat(read.get("sendFrom")).isEqualTo(2_000L);
        assertThat(read.get("expires")).isEqualTo(3_000L);
        assertThat(read.get("affinityTick")).isEqualTo(15_000);
        assertThat(read.get("refused")).hasToString("[{\"offerId\": \"spring\", \"why\": \"CATEGORY_COOL_DOWN\"}]");
        assertThat(read.get("offers"))
                .hasToString(
                        "[{\"offerId\": \"sku:20725\", \"kind\": \"EXPLORE\", \"sku\": \"20725\", \"category\": null,"
                                + " \"propensity\": 0.043, \"drawn\": null, \"valueMinor\": 49.5, \"weight\": 1.0, \"lever\": 1.0,"
                                + " \"score\": 2.1285, \"reasons\": [{\"code\": \"CATEGORY\", \"value\": 6.1, \"reference\": null,"
                                + " \"label\": \"22384\"}]}]");
    }

    @Test
    void whatNoTopicCarriesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.encode("c", new Passed(1, Passed.Ground.CAPPED)))
                .withMessage("No topic carries a Passed.");
    }

    @Test
    void schemasAreRegisteredUnlessThatIsTurnedOff() {
        assertThat(registry.subjects())
                .containsExactlyInAnyOrder(
                        "next-best-offers-io.ebbline.NextBestOffer",
                        "next-best-offers-io.ebbline.OfferWithdrawal",
                        "offer-stats-io.ebbline.OfferTick");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> new OfferEncoder(new InMemoryRegistry(), false, "GBP", "r", false));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> new OfferStatsEncoder(new InMemoryRegistry(), false, "r", false));
    }
}
