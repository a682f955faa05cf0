package io.ebbline.state;

import io.ebbline.profile.ForwardDecay;
import io.ebbline.profile.NamedSums;
import io.ebbline.profile.SparseSums;

/** The stored form of decayed sums. They are read back bit for bit: they must go on as if the job had never stopped. */
final class SumsCodec {

    private SumsCodec() {}

    /** Whether anything was weighed; if not, nothing more needs storing. */
    static boolean write(ForwardDecay decay, PackedWriter out) {
        out.writeUnsigned(decay.halfLifeMillis());
        if (decay.halfLifeMillis() == 0) {
            return false;
        }
        out.writeSigned(decay.landmark());
        return true;
    }

    /** Reads into a decay by which nothing was weighed. */
    static boolean read(ForwardDecay decay, PackedReader in) {
        long halfLifeMillis = in.readUnsigned();
        if (halfLifeMillis == 0) {
            return false;
        }
        if (halfLifeMillis < 0) {
            throw new PackedReader.MalformedException("A half-life is " + halfLifeMillis + ".");
        }
        decay.restore(halfLifeMillis, in.readSigned());
        return true;
    }

    static void write(NamedSums sums, PackedWriter out) {
        out.writeUnsigned(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            out.writeString(sums.name(i)).writeDouble(sums.sum(i));
        }
    }

    /** Reads into sums that are empty. */
    static void read(NamedSums sums, PackedReader in) {
        int size = in.readCount(10);
        if (size > sums.capacity()) {
            throw new PackedReader.MalformedException("There are sums of " + size + " names.");
        }
        for (int i = 0; i < size; i++) {
            sums.add(in.readString(), readPositive(in));
        }
    }

    static void write(SparseSums sums, PackedWriter out) {
        out.writeUnsigned(sums.mask());
        for (long rest = sums.mask(); rest != 0; rest &= rest - 1) {
            out.writeDouble(sums.get(Long.numberOfTrailingZeros(rest)));
        }
    }

    /** Reads into sums that are empty. */
    static void read(SparseSums sums, int slots, PackedReader in) {
        long mask = in.readUnsigned();
        if (mask >>> slots != 0) {
            throw new PackedReader.MalformedException("Sums lie beyond slot " + slots + ".");
        }
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            sums.add(Long.numberOfTrailingZeros(rest), readPositive(in));
        }
    }

    private static double readPositive(PackedReader in) {
        double sum = in.readDouble();
        if (!(sum > 0 && sum <= Double.MAX_VALUE)) {
            throw new PackedReader.MalformedException("A decayed sum is " + sum + ".");
        }
        return sum;
    }
}
