package io.ebbline.state;

import io.ebbline.fit.Buyer;
import io.ebbline.fit.Buyer.Booking;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.List;

/** Buyers as bytes, for the way from a job to its client; they are in no state. */
public final class BuyerCodec {

    private BuyerCodec() {}

    /** The bytes of a buyer. Which days of the shop its orders fell on is not among them. */
    public static byte[] write(Buyer buyer) {
        PackedWriter out = new PackedWriter();
        write(buyer.purchases(), out);
        write(buyer.returns(), out);
        return out.toBytes();
    }

    private static void write(List<Booking> bookings, PackedWriter out) {
        out.writeUnsigned(bookings.size());
        long before = 0;
        for (Booking booking : bookings) {
            out.writeSigned(booking.time() - before)
                    .writeSigned(booking.minor())
                    .writeDouble(booking.units())
                    .writeByte(booking.begins() ? 1 : 0);
            before = booking.time();
        }
    }

    /**
     * The buyer of those bytes.
     *
     * @throws PackedReader.MalformedException when they are damaged
     */
    public static Buyer read(byte[] bytes, ShopClock clock) {
        PackedReader in = new PackedReader(bytes);
        return Buyer.of(readBookings(in), readBookings(in), clock);
    }

    private static List<Booking> readBookings(PackedReader in) {
        int count = in.readCount(11);
        List<Booking> bookings = new ArrayList<>(count);
        long time = 0;
        for (int i = 0; i < count; i++) {
            time += in.readSigned();
            bookings.add(new Booking(time, in.readSigned(), in.readDouble(), in.readByte() != 0));
        }
        return bookings;
    }
}
