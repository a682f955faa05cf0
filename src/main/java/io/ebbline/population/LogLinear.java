package io.ebbline.population;

/**
 * Buckets of longs whose width grows with the value: exact below 128, beyond that no wider than a 64th of the value. What
 * falls into one bucket is treated as equal.
 *
 * <p>A value v below 2^(m+1) has bucket v; else e = bitlen(v) - 1 - m and the bucket is ((e + 1) << m) + (v >>> e) - 2^m, with
 * m = 6. Values of zero and below share bucket 0. No floating point, so every machine finds the same bucket.
 */
public final class LogLinear {

    private static final int BITS = 6;
    private static final int UNIT = 1 << BITS;

    private LogLinear() {}

    /** The bucket of a value, 0 to 3711; ascending with the value. */
    public static int bucket(long value) {
        if (value < 2 * UNIT) {
            return (int) Math.max(0, value);
        }
        int e = Long.SIZE - Long.numberOfLeadingZeros(value) - 1 - BITS;
        return ((e + 1) << BITS) + (int) (value >>> e) - UNIT;
    }

    /** The smallest positive value of a bucket; 0 for bucket 0. */
    public static long lower(int bucket) {
        if (bucket < 2 * UNIT) {
            return bucket;
        }
        int e = (bucket >> BITS) - 1;
        return (long) (bucket % UNIT + UNIT) << e;
    }

    /** The greatest value of a bucket. */
    public static long upper(int bucket) {
        return bucket < 2 * UNIT ? bucket : lower(bucket) + (1L << ((bucket >> BITS) - 1)) - 1;
    }

    /** The middle of a bucket, rounded down. */
    public static long middle(int bucket) {
        return lower(bucket) + (upper(bucket) - lower(bucket)) / 2;
    }
}
