package io.ebbline.state;

import io.ebbline.engine.Parcels;
import io.ebbline.event.Event;
import io.ebbline.profile.Profile;

/** Parcels in the stored forms of customers and events. Not safe for use by several threads. */
public final class StoredParcels implements Parcels {

    private final PackedWriter out = new PackedWriter();
    private final EventCodec codec = new EventCodec();

    @Override
    public byte[] pack(Profile profile) {
        return CustomerCodec.pack(profile, out);
    }

    @Override
    public Profile profile(byte[] packed) {
        return CustomerCodec.unpack(packed);
    }

    @Override
    public byte[] pack(Event event) {
        return out.reset()
                .writeSigned(event.time())
                .writeBytes(codec.encode(event))
                .toBytes();
    }

    @Override
    public Event event(byte[] packed) {
        return read(packed);
    }

    /**
     * The event of a parcel.
     *
     * @throws PackedReader.MalformedException when the bytes are not an event's
     */
    public static Event read(byte[] packed) {
        PackedReader in = new PackedReader(packed);
        return EventCodec.decode(in.readSigned(), in.readBytes());
    }

    /**
     * Whether an event's parcel is in a format that this release reads.
     *
     * @throws PackedReader.MalformedException when the bytes are not an event's
     */
    public static boolean isKnown(byte[] packed) {
        PackedReader in = new PackedReader(packed);
        in.readSigned();
        return EventCodec.isKnown(in.readBytes());
    }
}
