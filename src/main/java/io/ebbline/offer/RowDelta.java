package io.ebbline.offer;

import io.ebbline.event.Hash64;
import java.util.Arrays;

/**
 * What some orders of one tick say of what follows a product and of what goes with it. Exact counts: parts merge by addition, in
 * any order. Its arrays are not to be changed.
 *
 * @param sku the product
 * @param chances orders of customers who owned it
 * @param first orders in which it was bought for the first time
 * @param repeats those of the chances that held it again
 * @param orders orders that held it
 * @param to the other products, in the order of their hashes, of equal hashes by name
 * @param hashes of {@code to}: they are compared in place of the names, which is much faster
 * @param later by product of {@code to}: orders of customers who owned the one, in which the other was bought for the first time
 * @param earlier by product of {@code to}: orders of customers who owned the other, in which the one was bought for the first time
 * @param together by product of {@code to}: orders that held both
 */
public record RowDelta(
        String sku,
        long chances,
        long first,
        long repeats,
        long orders,
        String[] to,
        long[] hashes,
        long[] later,
        long[] earlier,
        long[] together) {

    /** Of products whose hashes are yet to be found. */
    public RowDelta(
            String sku,
            long chances,
            long first,
            long repeats,
            long orders,
            String[] to,
            long[] later,
            long[] earlier,
            long[] together) {
        this(sku, chances, first, repeats, orders, to, hashes(to), later, earlier, together);
    }

    static long[] hashes(String[] names) {
        return Arrays.stream(names).mapToLong(Hash64::of).toArray();
    }

    /** The order of two products. */
    static int compare(long hash, String name, long otherHash, String otherName) {
        return hash != otherHash ? Long.compare(hash, otherHash) : name.compareTo(otherName);
    }

    /** The sum of this and another part of the same product and tick. */
    public RowDelta plus(RowDelta other) {
        int most = to.length + other.to.length;
        String[] names = new String[most];
        long[] sumHashes = new long[most];
        long[] sumLater = new long[most];
        long[] sumEarlier = new long[most];
        long[] sumTogether = new long[most];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < to.length || j < other.to.length) {
            int order = i == to.length
                    ? 1
                    : j == other.to.length ? -1 : compare(hashes[i], to[i], other.hashes[j], other.to[j]);
            names[size] = order <= 0 ? to[i] : other.to[j];
            sumHashes[size] = order <= 0 ? hashes[i] : other.hashes[j];
            if (order <= 0) {
                sumLater[size] += later[i];
                sumEarlier[size] += earlier[i];
                sumTogether[size] += together[i++];
            }
            if (order >= 0) {
                sumLater[size] += other.later[j];
                sumEarlier[size] += other.earlier[j];
                sumTogether[size] += other.together[j++];
            }
            size++;
        }
        return new RowDelta(
                sku,
                chances + other.chances,
                first + other.first,
                repeats + other.repeats,
                orders + other.orders,
                Arrays.copyOf(names, size),
                Arrays.copyOf(sumHashes, size),
                Arrays.copyOf(sumLater, size),
                Arrays.copyOf(sumEarlier, size),
                Arrays.copyOf(sumTogether, size));
    }
}
