package io.ebbline.state;

import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Provenance;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SegmentGrid;
import io.ebbline.model.StageRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of a model version. The first byte is the format's version. */
public final class ModelCodec {

    /**
     * Version 3: RFM cuts, segment grid, stage rules, buying model with its layer, rules of decline, half-lives, value model,
     * value matrices, weights of ranking, look-back, provenance. Versions 1 and 2 were never released.
     */
    public static final int V3 = 3;

    private static final RepeatBuying.Family[] FAMILIES = RepeatBuying.Family.values();

    /** Version 1 of cut points. Numbers from here on are theirs. */
    public static final int CUTS_V1 = 65;

    /** Version 1 of what is offered, how, and in which money: a number for each kind, in this order. */
    public static final int OFFERS_V1 = 96;

    private static final List<Class<? extends Record>> OFFER_KINDS =
            List.of(Catalogue.class, OfferSet.class, OfferPolicy.class, ExchangeRates.class);

    private ModelCodec() {}

    // ---- any

    /** The bytes of a version. */
    public static byte[] write(ModelVersion version) {
        if (version instanceof ScoringModel model) {
            return write(model);
        }
        if (version instanceof CutPoints cuts) {
            return write(cuts);
        }
        PackedWriter out = new PackedWriter().writeByte(OFFERS_V1 + OFFER_KINDS.indexOf(version.getClass()));
        RecordCodec.write((Record) version, out);
        return out.toBytes();
    }

    /**
     * The version of those bytes.
     *
     * @throws PackedReader.MalformedException when the format is not known, or the bytes are damaged
     */
    public static ModelVersion readVersion(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        int format = in.readByte();
        if (format == CUTS_V1) {
            return readCutPoints(bytes);
        }
        int kind = format - OFFERS_V1;
        if (kind < 0 || kind >= OFFER_KINDS.size()) {
            return read(bytes);
        }
        try {
            return (ModelVersion) RecordCodec.read(OFFER_KINDS.get(kind), in);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new PackedReader.MalformedException("A stored version is none: " + e.getMessage());
        }
    }

    // ---- cut points

    private static byte[] write(CutPoints cuts) {
        PackedWriter out = new PackedWriter();
        out.writeByte(CUTS_V1)
                .writeString(cuts.modelId())
                .writeUnsigned(cuts.version())
                .writeSigned(cuts.effectiveFrom());
        for (Cuts four : List.of(cuts.recency(), cuts.frequency(), cuts.monetary())) {
            four.toList().forEach(out::writeSigned);
        }
        return out.writeUnsigned(cuts.customers()).writeString(cuts.note()).toBytes();
    }

    private static CutPoints readCutPoints(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        in.readByte();
        try {
            return new CutPoints(
                    in.readString(),
                    (int) in.readUnsigned(),
                    in.readSigned(),
                    readCuts(in),
                    readCuts(in),
                    readCuts(in),
                    in.readUnsigned(),
                    in.readString());
        } catch (IllegalArgumentException e) {
            throw new PackedReader.MalformedException("Stored cut points are none: " + e.getMessage());
        }
    }

    // ---- models

    /** The bytes of a model. */
    public static byte[] write(ScoringModel model) {
        PackedWriter out = new PackedWriter();
        out.writeByte(V3)
                .writeString(model.modelId())
                .writeUnsigned(model.version())
                .writeSigned(model.effectiveFrom())
                .writeByte(model.backdated() ? 1 : 0);
        for (Cuts cuts : List.of(model.recency(), model.frequency(), model.monetary())) {
            cuts.toList().forEach(out::writeSigned);
        }
        model.segments().names().forEach(out::writeString);
        out.writeUnsigned(model.stages().matureOrders())
                .writeSigned(model.stages().hiatusMillis());
        write(model.buying(), out);
        write(model.churn(), out);
        out.writeSigned(model.decay().fastHalfLifeMillis())
                .writeSigned(model.decay().slowHalfLifeMillis())
                .writeSigned(model.decay().contactHalfLifeMillis())
                .writeSigned(model.decay().tasteHalfLifeMillis());
        ValueCodec.write(model.value(), out);
        write(model.matrix(), out);
        RecordCodec.write(model.ranking(), out);
        out.writeSigned(model.lookBackMillis()).writeString(model.note());
        write(model.provenance(), out);
        return out.toBytes();
    }

    /**
     * The model of those bytes.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static ScoringModel read(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        int version = in.readByte();
        if (version != V3) {
            throw new PackedReader.MalformedException("A model is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
        try {
            return readV3(in);
        } catch (IllegalArgumentException e) {
            throw new PackedReader.MalformedException("A stored model is none: " + e.getMessage());
        }
    }

    private static ScoringModel readV3(PackedReader in) {
        return new ScoringModel(
                in.readString(),
                (int) in.readUnsigned(),
                in.readSigned(),
                in.readByte() != 0,
                readCuts(in),
                readCuts(in),
                readCuts(in),
                readGrid(in),
                new StageRules((int) in.readUnsigned(), in.readSigned()),
                readBuying(in),
                readChurn(in),
                new DecayRules(in.readSigned(), in.readSigned(), in.readSigned(), in.readSigned()),
                ValueCodec.read(in),
                readMatrix(in),
                RecordCodec.read(RankingModel.class, in),
                in.readSigned(),
                in.readString(),
                readProvenance(in));
    }

    private static Cuts readCuts(PackedReader in) {
        return new Cuts(in.readSigned(), in.readSigned(), in.readSigned(), in.readSigned());
    }

    private static SegmentGrid readGrid(PackedReader in) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            names.add(in.readString());
        }
        return new SegmentGrid(names);
    }

    private static void write(BuyingModel model, PackedWriter out) {
        RepeatBuying repeat = model.repeat();
        out.writeByte(repeat.family().ordinal())
                .writeByte(repeat.k())
                .writeDouble(repeat.r())
                .writeDouble(repeat.alphaDays())
                .writeDouble(repeat.a())
                .writeDouble(repeat.b())
                .writeDouble(model.decayed().r())
                .writeDouble(model.decayed().alphaDays())
                .writeDouble(model.decayed().lambdaPerDay())
                .writeSigned(model.horizonMillis());
        BuyingLayer layer = model.layer();
        out.writeByte(layer == null ? 0 : 1);
        if (layer != null) {
            out.writeDouble(layer.intercept())
                    .writeDouble(layer.repeat())
                    .writeDouble(layer.decayed())
                    .writeDouble(layer.repeats())
                    .writeDouble(layer.recentRepeats())
                    .writeDouble(layer.recentSpend())
                    .writeDouble(layer.units())
                    .writeSigned(layer.orderHalfLifeMillis())
                    .writeSigned(layer.spendHalfLifeMillis())
                    .writeDouble(layer.moneyUnitMinor());
        }
    }

    private static BuyingModel readBuying(PackedReader in) {
        int family = in.readByte();
        if (family >= FAMILIES.length) {
            throw new IllegalArgumentException("its buying model is of family number " + family + ".");
        }
        return new BuyingModel(
                new RepeatBuying(
                        FAMILIES[family],
                        in.readByte(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()),
                new DecayedBuying(in.readDouble(), in.readDouble(), in.readDouble()),
                in.readSigned(),
                in.readByte() == 0 ? null : readLayer(in));
    }

    private static BuyingLayer readLayer(PackedReader in) {
        return new BuyingLayer(
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readSigned(),
                in.readSigned(),
                in.readDouble());
    }

    private static void write(ChurnRules rules, PackedWriter out) {
        out.writeDouble(rules.declineBelow())
                .writeDouble(rules.declineShare())
                .writeDouble(rules.declineShareOnce())
                .writeDouble(rules.severeShare())
                .writeDouble(rules.departBelow())
                .writeDouble(rules.recoverMargin())
                .writeSigned(rules.dwellMillis())
                .writeDouble(rules.slowTo())
                .writeDouble(rules.cusumAlarm())
                .writeDouble(rules.trendFall())
                .writeUnsigned(rules.trendContacts())
                .writeSigned(rules.negativeMillis())
                .writeSigned(rules.spreeMillis())
                .writeDouble(rules.badRating());
    }

    private static ChurnRules readChurn(PackedReader in) {
        return new ChurnRules(
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readSigned(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                (int) in.readUnsigned(),
                in.readSigned(),
                in.readSigned(),
                in.readDouble());
    }

    private static void write(MatrixRules rules, PackedWriter out) {
        out.writeSigned(rules.frequencyCut())
                .writeSigned(rules.averageOrderCutMinor())
                .writeSigned(rules.currentCutMinor())
                .writeSigned(rules.potentialCutMinor())
                .writeSigned(rules.classAMinor())
                .writeSigned(rules.classBMinor())
                .writeDouble(rules.engagementCut())
                .writeDouble(rules.attachmentCut())
                .writeDouble(rules.dealCut())
                .writeSigned(rules.promotionMillis());
    }

    private static MatrixRules readMatrix(PackedReader in) {
        return new MatrixRules(
                in.readSigned(),
                in.readSigned(),
                in.readSigned(),
                in.readSigned(),
                in.readSigned(),
                in.readSigned(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readSigned());
    }

    private static void write(@Nullable Provenance provenance, PackedWriter out) {
        out.writeByte(provenance == null ? 0 : 1);
        if (provenance == null) {
            return;
        }
        out.writeSigned(provenance.dataFrom())
                .writeSigned(provenance.dataTo())
                .writeUnsigned(provenance.events())
                .writeUnsigned(provenance.customers())
                .writeUnsigned(provenance.orders())
                .writeUnsigned(provenance.parts().size());
        for (Provenance.Part part : provenance.parts()) {
            out.writeString(part.name()).writeByte(part.fitted() ? 1 : 0);
            Double logLikelihood = part.logLikelihood();
            out.writeByte(logLikelihood == null ? 0 : 1);
            if (logLikelihood != null) {
                out.writeDouble(logLikelihood);
            }
            out.writeUnsigned(part.customers()).writeString(part.note());
        }
        out.writeSigned(provenance.fittedAt()).writeString(provenance.tool());
    }

    private static @Nullable Provenance readProvenance(PackedReader in) {
        if (in.readByte() == 0) {
            return null;
        }
        return new Provenance(
                in.readSigned(),
                in.readSigned(),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readUnsigned(),
                readParts(in),
                in.readSigned(),
                in.readString());
    }

    private static List<Provenance.Part> readParts(PackedReader in) {
        int count = in.readCount(5);
        List<Provenance.Part> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(new Provenance.Part(
                    in.readString(),
                    in.readByte() != 0,
                    in.readByte() == 0 ? null : in.readDouble(),
                    in.readUnsigned(),
                    in.readString()));
        }
        return parts;
    }
}
