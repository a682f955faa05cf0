package io.ebbline.offer;

/**
 * Products that follow another, or go with it, the strongest first. Its arrays are not to be changed.
 *
 * @param items by their numbers in the {@link Market}
 * @param excess by how much the chance of each, given the other product, exceeds its chance in any order: above zero
 * @param sure places of those that are told as a reason, ascending: the others rank, but may be chance or taste
 */
public record Links(int[] items, double[] excess, int[] sure) {

    /** Nothing. */
    public static final Links NONE = new Links(new int[0], new double[0], new int[0]);

    /** How many. */
    public int size() {
        return items.length;
    }
}
