package io.ebbline.wire;

import io.ebbline.model.ModelTimeline;
import io.ebbline.offer.Fact;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Refused;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.score.Reason;
import io.ebbline.state.PackedWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Offers and their withdrawals, as records of their topic, in the field order of {@code schemas/}. Not safe for use by several
 * threads.
 */
public final class OfferEncoder {

    private final String currency;
    private final int offerSchema;
    private final int withdrawalSchema;
    private final List<Header> runHeaders;
    private final PackedWriter out = new PackedWriter();

    /**
     * An encoder; looks the schemas' ids up, or registers them.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param runId names the run in a header of every record
     * @param replay whether the run repeats history
     */
    public OfferEncoder(SchemaRegistry registry, boolean autoRegister, String currency, String runId, boolean replay) {
        this.currency = currency;
        this.offerSchema = Schemas.id(registry, Topic.NEXT_BEST_OFFERS, "NextBestOffer", autoRegister);
        this.withdrawalSchema = Schemas.id(registry, Topic.NEXT_BEST_OFFERS, "OfferWithdrawal", autoRegister);
        this.runHeaders = Header.ofRun(runId, replay);
    }

    /**
     * The record of a decision or a withdrawal.
     *
     * @throws IllegalArgumentException of another effect: no topic carries it
     */
    public Outgoing encode(String customer, OfferEffect effect) {
        if (effect instanceof Decision decision) {
            write(customer, decision);
        } else if (effect instanceof Withdrawn withdrawn) {
            write(customer, withdrawn);
        } else {
            throw new IllegalArgumentException(
                    "No topic carries a " + effect.getClass().getSimpleName() + ".");
        }
        return new Outgoing(
                Topic.NEXT_BEST_OFFERS,
                customer.getBytes(StandardCharsets.UTF_8),
                out.toBytes(),
                effect.asOf(),
                runHeaders);
    }

    private void write(String customer, Decision decision) {
        Confluent.start(out, offerSchema)
                .writeString(decision.eventId())
                .writeString(customer)
                .writeSigned(decision.asOf())
                .writeNullableString(decision.replaces())
                .writeString(currency)
                .writeSigned(symbol(decision.cause()))
                .writeSigned(decision.stage().ordinal())
                .writeNullableString(decision.segment());
        startArray(decision.offers());
        decision.offers().forEach(this::write);
        out.writeSigned(0);
        startArray(decision.refused());
        for (Refused refused : decision.refused()) {
            out.writeString(refused.offerId()).writeSigned(refused.refusal().ordinal() + 1L);
        }
        out.writeSigned(0);
        out.writeNullableString(decision.channel())
                .writeSigned(decision.sendFrom())
                .writeSigned(decision.expires())
                .writeSigned(decision.tick());
        writeModels(decision.modelRef());
        writeModels(decision.offersRef());
    }

    private void write(Offered offer) {
        out.writeString(offer.offerId())
                .writeSigned(offer.kind().ordinal() + 1L)
                .writeNullableString(offer.sku())
                .writeNullableString(offer.category())
                .writeDouble(offer.propensity())
                .writeNullableDouble(offer.drawn())
                .writeDouble(offer.valueMinor())
                .writeDouble(offer.weight())
                .writeDouble(offer.lever())
                .writeDouble(offer.score());
        startArray(offer.reasons());
        for (Reason reason : offer.reasons()) {
            out.writeString(reason.code().name()).writeDouble(reason.value());
            out.writeNullableDouble(reason.reference()).writeNullableString(reason.label());
        }
        out.writeSigned(0);
    }

    private void write(String customer, Withdrawn withdrawn) {
        Confluent.start(out, withdrawalSchema)
                .writeString(withdrawn.eventId())
                .writeString(customer)
                .writeSigned(withdrawn.asOf())
                .writeString(withdrawn.decisionId())
                .writeString(withdrawn.offerId())
                .writeSigned(withdrawn.why().ordinal() + 1L);
    }

    /** The index of a cause's symbol; what asks for no offer has none. */
    private static long symbol(Fact.Cause cause) {
        return switch (cause) {
            case ORDER -> 1;
            case STAGE -> 2;
            case DECLINE -> 3;
            case NEED -> 4;
            case NOTE, FORGOTTEN -> throw new IllegalArgumentException(cause + " asks for no offer.");
        };
    }

    private void writeModels(String ref) {
        String[] names = ModelTimeline.parts(ref);
        out.writeSigned(names.length);
        for (String name : names) {
            out.writeString(name);
        }
        out.writeSigned(0);
    }

    /** The number of items, unless there are none: then the zero that ends an array says it. */
    private void startArray(List<?> items) {
        if (!items.isEmpty()) {
            out.writeSigned(items.size());
        }
    }
}
