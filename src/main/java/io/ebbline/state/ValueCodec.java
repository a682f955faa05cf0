package io.ebbline.state;

import io.ebbline.model.ExpectedPurchases;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.ParetoNbd;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatExpectation;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.ValueModel;

/** The stored form of a value model; part of {@link ModelCodec}'s format. */
final class ValueCodec {

    private static final int PARETO = 0;
    private static final int BG = 1;
    private static final int MBG = 2;

    private ValueCodec() {}

    static void write(ValueModel model, PackedWriter out) {
        out.writeSigned(model.horizonMillis()).writeDouble(model.yearlyRate());
        if (model.purchases() instanceof ParetoNbd pareto) {
            out.writeByte(PARETO)
                    .writeDouble(pareto.r())
                    .writeDouble(pareto.alphaDays())
                    .writeDouble(pareto.s())
                    .writeDouble(pareto.betaDays());
        } else {
            RepeatBuying repeat = ((RepeatExpectation) model.purchases()).model();
            out.writeByte(repeat.family() == RepeatBuying.Family.BG ? BG : MBG)
                    .writeDouble(repeat.r())
                    .writeDouble(repeat.alphaDays())
                    .writeDouble(repeat.a())
                    .writeDouble(repeat.b());
        }
        out.writeDouble(model.spend().p())
                .writeDouble(model.spend().q())
                .writeDouble(model.spend().v());
        RecordCodec.writeNullable(model.layer(), out);
    }

    static ValueModel read(PackedReader in) {
        long horizonMillis = in.readSigned();
        double yearlyRate = in.readDouble();
        int family = in.readByte();
        ExpectedPurchases purchases = switch (family) {
            case PARETO -> new ParetoNbd(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
            case BG -> repeat(RepeatBuying.Family.BG, in);
            case MBG -> repeat(RepeatBuying.Family.MBG, in);
            default -> throw new IllegalArgumentException("its value model is of family number " + family + ".");
        };
        GammaGamma spend = new GammaGamma(in.readDouble(), in.readDouble(), in.readDouble());
        return new ValueModel(
                purchases, spend, horizonMillis, yearlyRate, RecordCodec.readNullable(SpendLayer.class, in));
    }

    private static RepeatExpectation repeat(RepeatBuying.Family family, PackedReader in) {
        return new RepeatExpectation(
                new RepeatBuying(family, 1, in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
    }
}
