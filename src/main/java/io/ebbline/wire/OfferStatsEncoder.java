package io.ebbline.wire;

import io.ebbline.event.Tick;
import io.ebbline.offer.OfferRow;
import io.ebbline.state.PackedWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What became of offers, as records of their topic, in the field order of {@code schemas/}. Not safe for use by several threads.
 */
public final class OfferStatsEncoder {

    private final int schema;
    private final List<Header> runHeaders;
    private final PackedWriter out = new PackedWriter();

    /**
     * An encoder; looks the schema's id up, or registers it.
     *
     * @param runId names the run in a header of every record
     * @param replay whether the run repeats history
     */
    public OfferStatsEncoder(SchemaRegistry registry, boolean autoRegister, String runId, boolean replay) {
        this.schema = Schemas.id(registry, Topic.OFFER_STATS, "OfferTick", autoRegister);
        this.runHeaders = Header.ofRun(runId, replay);
    }

    /** An offer's record of a tick. */
    public Outgoing encode(int tick, OfferRow row) {
        Confluent.start(out, schema)
                .writeSigned(tick)
                .writeSigned(Tick.end(tick))
                .writeString(row.offerId())
                .writeSigned(row.made())
                .writeSigned(row.withdrawn())
                .writeSigned(row.ended())
                .writeSigned(row.shown())
                .writeSigned(row.accepted())
                .writeSigned(row.rejected())
                .writeSigned(row.expired())
                .writeSigned(row.bought())
                .writeSigned(row.heldOut())
                .writeSigned(row.heldOutBought())
                .writeDouble(row.expected())
                .writeNullableDouble(row.uplift())
                .writeNullableDouble(row.upliftError());
        if (!row.calibration().isEmpty()) {
            out.writeSigned(row.calibration().size());
            for (OfferRow.PropensityClass of : row.calibration()) {
                out.writeDouble(of.from())
                        .writeSigned(of.offers())
                        .writeSigned(of.taken())
                        .writeDouble(of.expected());
            }
        }
        out.writeSigned(0);
        return new Outgoing(
                Topic.OFFER_STATS,
                row.offerId().getBytes(StandardCharsets.UTF_8),
                out.toBytes(),
                Tick.end(tick),
                runHeaders);
    }
}
