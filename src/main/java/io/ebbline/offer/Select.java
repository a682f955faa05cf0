package io.ebbline.offer;

/** Finds a number by its rank without sorting all (Hoare: Algorithm 65, Find, CACM 4, 1961). */
final class Select {

    private Select() {}

    /**
     * The n-th greatest of the first so many numbers, which are put in another order.
     *
     * @param n from 1 to size
     */
    static double greatest(double[] numbers, int size, int n) {
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
