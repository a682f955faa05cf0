package io.ebbline.profile;

/**
 * The orders of the last 400 days, at most {@value #CAPACITY}, so that a return finds the order that it belongs to. What
 * falls out of it can't be returned any more and lives on in the profile's totals.
 *
 * <p>In the order in which orders were booked, which is event-time order but for late ones.
 */
public final class Ledger {

    /** How long an order can be returned: 400 days in milliseconds. */
    public static final long KEPT_MILLIS = 400L * 86_400_000;

    /** Orders kept at most; beyond, the oldest fall out early. */
    public static final int CAPACITY = 1_000;

    /** Numbers an order takes in {@link #cells}: they lie together because they are read together. */
    private static final int WIDTH = 4;

    private static final int KEY = 0;
    private static final int TIME = 1;
    private static final int GROSS = 2;
    /** Twice the amount returned, plus one when a return said that the whole order came back. */
    private static final int RETURNED = 3;

    private long[] cells = new long[2 * WIDTH];
    private int start;
    private int size;

    /** How many orders are held. */
    public int size() {
        return size;
    }

    /** Hash of the i-th order's id. */
    public long key(int i) {
        return cells[at(i) + KEY];
    }

    /** Time of the i-th order, milliseconds since the epoch. */
    public long time(int i) {
        return cells[at(i) + TIME];
    }

    /** What the i-th order came to, minor units. */
    public long gross(int i) {
        return cells[at(i) + GROSS];
    }

    /** What of the i-th order was returned, minor units, as a positive number. */
    public long returned(int i) {
        return cells[at(i) + RETURNED] >> 1;
    }

    /** Whether a return said that the whole i-th order came back. */
    public boolean whole(int i) {
        return (cells[at(i) + RETURNED] & 1) != 0;
    }

    /** Whether the i-th order still counts: it was not wholly returned, by word or by amount. */
    public boolean kept(int i) {
        long returned = returned(i);
        return !whole(i) && (returned == 0 || returned < gross(i));
    }

    /** Position of an order; -1 when it is not held. */
    int find(long key) {
        for (int i = size - 1; i >= 0; i--) {
            if (cells[at(i) + KEY] == key) {
                return i;
            }
        }
        return -1;
    }

    /** Appends an order as it is; also how a stored ledger is read back. */
    public void append(long key, long time, long grossMinor, long returnedMinor, boolean wholeReturn) {
        if (WIDTH * (start + size) == cells.length) {
            makeRoom();
        }
        int at = at(size++);
        cells[at + KEY] = key;
        cells[at + TIME] = time;
        cells[at + GROSS] = grossMinor;
        cells[at + RETURNED] = returnedCell(returnedMinor, wholeReturn);
    }

    /** More lines of an order: what came back of it is no longer the whole. */
    void addLines(int i, long amountMinor) {
        cells[at(i) + GROSS] += amountMinor;
        cells[at(i) + RETURNED] = returnedCell(returned(i), false);
    }

    /** Books a return. */
    void addReturn(int i, long amountMinor, boolean wholeReturn) {
        cells[at(i) + RETURNED] = returnedCell(Math.addExact(returned(i), amountMinor), whole(i) || wholeReturn);
    }

    /** Whether the oldest order has to fall out at that instant. */
    boolean oldestIsDue(long asOf) {
        return size > CAPACITY || (size > 0 && time(0) < asOf - KEPT_MILLIS);
    }

    /** Drops the oldest order. */
    void dropOldest() {
        start++;
        size--;
    }

    private int at(int i) {
        return WIDTH * (start + i);
    }

    private static long returnedCell(long minor, boolean whole) {
        return Math.multiplyExact(minor, 2) + (whole ? 1 : 0);
    }

    private void makeRoom() {
        int held = WIDTH * size;
        int capacity = held > cells.length / 2 ? 2 * cells.length : cells.length;
        long[] room = new long[capacity];
        System.arraycopy(cells, WIDTH * start, room, 0, held);
        cells = room;
        start = 0;
    }
}
