package io.ebbline.state;

import io.ebbline.offer.Fact;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Stores a {@link Recipient}: the book, which carries its version, the live timers, the waiting facts and
 * their lists. */
public final class RecipientSerializer extends PackedSerializer<Recipient> {

    @Override
    protected void write(Recipient value, PackedWriter out) {
        OfferBookCodec.write(value.book(), out);
        value.timers().write(out);
        out.writeUnsigned(value.waiting());
        for (Recipient.Waiting waiting : value.facts()) {
            FactCodec.write(waiting.fact(), out);
            out.writeSigned(waiting.due() - waiting.fact().asOf());
        }
        out.writeUnsigned(value.replies().size());
        for (Recipient.Reply reply : value.replies()) {
            AffinityCodec.write(reply.lists(), out.writeInstant(reply.due()));
        }
    }

    @Override
    protected Recipient read(PackedReader in) {
        Recipient value = new Recipient(OfferBookCodec.read(in));
        value.timers().read(in);
        for (int left = in.readCount(1); left > 0; left--) {
            Fact fact = FactCodec.read(in);
            value.offer(fact, fact.asOf() + in.readSigned());
        }
        for (int left = in.readCount(1); left > 0; left--) {
            value.reply(in.readInstant(), AffinityCodec.readList(in));
        }
        return value;
    }

    @Override
    public PackedSerializer<Recipient> duplicate() {
        return new RecipientSerializer();
    }

    @Override
    public Recipient createInstance() {
        return new Recipient();
    }

    @Override
    public TypeSerializerSnapshot<Recipient> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Its name is in every savepoint: never move it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Recipient> {
        public Snapshot() {
            super(RecipientSerializer::new);
        }
    }
}
