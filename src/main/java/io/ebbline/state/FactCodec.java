package io.ebbline.state;

import io.ebbline.event.Event;
import io.ebbline.offer.Context;
import io.ebbline.offer.Fact;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Stage;

/** Facts as bytes, for the way between operators and while they wait. */
public final class FactCodec {

    private static final Fact.Cause[] CAUSES = Fact.Cause.values();
    private static final Stage[] STAGES = Stage.values();
    private static final Pace[] PACES = Pace.values();

    private FactCodec() {}

    /** Writes a fact. */
    public static void write(Fact fact, PackedWriter out) {
        out.writeInstant(fact.asOf()).writeByte(fact.cause().ordinal());
        Event event = fact.event();
        out.writeByte(event == null ? 0 : 1);
        if (event != null) {
            out.writeInstant(event.time()).writeBytes(new EventCodec().encode(event));
        }
        write(fact.context(), out);
        Shelf shelf = fact.shelf();
        out.writeByte(shelf == null ? 0 : 1);
        if (shelf != null) {
            ShelfCodec.write(shelf, out);
        }
    }

    static void write(Context context, PackedWriter out) {
        out.writeByte(context.stage().ordinal())
                .writeNullableString(context.segment())
                .writeNullableDouble(context.pAlive())
                .writeNullableDouble(context.clvMinor())
                .writeNullableString(context.channel())
                .writeSigned(context.hour())
                .writeString(context.modelRef())
                .writeByte(context.pace().ordinal());
        BasketCodec.write(context.outlook(), out);
    }

    /**
     * Reads a fact.
     *
     * @throws PackedReader.MalformedException when the bytes are not a fact's
     */
    public static Fact read(PackedReader in) {
        long asOf = in.readInstant();
        Fact.Cause cause = CAUSES[index(in.readByte(), CAUSES.length)];
        Event event = in.readByte() == 0 ? null : EventCodec.decode(in.readInstant(), in.readBytes());
        Context context = readContext(in);
        Shelf shelf = in.readByte() == 0 ? null : new Shelf();
        if (shelf != null) {
            ShelfCodec.read(shelf, in);
        }
        return new Fact(asOf, event, cause, context, shelf);
    }

    static Context readContext(PackedReader in) {
        Stage stage = STAGES[index(in.readByte(), STAGES.length)];
        String segment = in.readNullableName();
        double pAlive = readDouble(in);
        double clv = readDouble(in);
        String channel = in.readNullableName();
        int hour = (int) in.readSigned();
        String model = in.readName();
        Pace pace = PACES[index(in.readByte(), PACES.length)];
        return new Context(stage, segment, pAlive, BasketCodec.readOutlook(in), clv, channel, hour, model, pace);
    }

    private static double readDouble(PackedReader in) {
        return in.readPresent() ? in.readDouble() : Double.NaN;
    }

    private static int index(int ordinal, int size) {
        if (ordinal >= size) {
            throw new PackedReader.MalformedException("A choice of " + size + " is number " + ordinal + ".");
        }
        return ordinal;
    }
}
