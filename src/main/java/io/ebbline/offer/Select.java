package io.ebbline.offer;

/** Finds a number by its rank without sorting all (Hoare: Algorithm 65, Find, CACM 4, 1961). */
final class Select {

    private Select() {}

    /** How many buckets numbers are thrown into, and how few of them are not worth it. */
    private static final int BUCKETS = 64;

    /**
     * The n-th greatest of the first so many numbers, which are put in another order.
     *
     * <p>Many are thrown into buckets first, of which one holds the number looked for: that takes no guess at a branch, of which
     * a search among hundreds has as many wrong as right.
     *
     * @param n from 1 to size
     */
    static double greatest(double[] numbers, int size, int n) {
        if (size < BUCKETS) {
            return find(numbers, size, n);
        }
        double least = numbers[0];
        double most = numbers[0];
        for (int k = 1; k < size; k++) {
            least = Math.min(least, numbers[k]);
            most = Math.max(most, numbers[k]);
        }
        double scale = (BUCKETS - 1) / (most - least);
        if (!(scale > 0 && scale < Double.MAX_VALUE)) {
            return find(numbers, size, n); // All are equal, or some infinite.
        }
        int[] counts = new int[BUCKETS];
        for (int k = 0; k < size; k++) {
            counts[(int) ((numbers[k] - least) * scale)]++;
        }
        int bucket = BUCKETS - 1;
        int left = n;
        while (counts[bucket] < left) {
            left -= counts[bucket--];
        }
        int kept = 0;
        for (int k = 0; k < size; k++) {
            double number = numbers[k];
            numbers[k] = numbers[kept];
            numbers[kept] = number;
            kept += (int) ((number - least) * scale) == bucket ? 1 : 0;
        }
        return find(numbers, kept, left);
    }

    private static double find(double[] numbers, int size, int n) {
        int wanted = size - n;
        int left = 0;
        int right = size - 1;
        while (left < right) {
            double pivot = numbers[(left + right) >>> 1];
            int i = left;
            int j = right;
            while (i <= j) {
                while (numbers[i] < pivot) {
                    i++;
                }
                while (numbers[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swapped = numbers[i];
                    numbers[i++] = numbers[j];
                    numbers[j--] = swapped;
                }
            }
            if (wanted <= j) {
                right = j;
            } else if (wanted >= i) {
                left = i;
            } else {
                break;
            }
        }
        return numbers[wanted];
    }
}
