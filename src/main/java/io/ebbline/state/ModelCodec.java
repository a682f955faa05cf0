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
        } catch (IllegalArgumentException e) {
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
        RecordCodec.write(model.churn(), out);
        RecordCodec.write(model.decay(), out);
        ValueCodec.write(model.value(), out);
        RecordCodec.write(model.matrix(), out);
        RecordCodec.write(model.ranking(), out);
        out.writeSigned(model.lookBackMillis()).writeString(model.note());
        RecordCodec.writeNullable(model.provenance(), out);
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
                RecordCodec.read(ChurnRules.class, in),
                RecordCodec.read(DecayRules.class, in),
                ValueCodec.read(in),
                RecordCodec.read(MatrixRules.class, in),
                RecordCodec.read(RankingModel.class, in),
                in.readSigned(),
                in.readString(),
                RecordCodec.readNullable(Provenance.class, in));
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
        RecordCodec.writeNullable(model.layer(), out);
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
                RecordCodec.readNullable(BuyingLayer.class, in));
    }
}
