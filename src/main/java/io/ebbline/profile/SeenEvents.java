package io.ebbline.profile;

import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Move;
import io.ebbline.event.Request;
import io.ebbline.event.Touchpoint;
import java.util.Arrays;

/**
 * The ids of a customer's events of the last {@code horizon} of event time, so that a redelivery changes nothing.
 *
 * <p>Kept in order of event time, key and time side by side. Beyond {@value #INDEXED} ids an open-addressing index is laid over
 * them, so that a customer with a thousand events a day costs no more per event than one with a single event. What has
 * expired is dropped when room is needed and never found.
 */
public final class SeenEvents {

    /** Up to this many ids a scan is faster than an index. */
    static final int INDEXED = 32;

    /** Key and time of each id in turn. */
    private long[] cells = new long[8];

    private int start;
    private int size;
    /** Slots of the index hold position + 1 counted from the array's beginning; empty while a scan does. */
    private int[] index = new int[0];

    /** How many ids are held. */
    public int size() {
        return size;
    }

    /** The i-th key, oldest first. */
    public long key(int i) {
        return keyAt(start + i);
    }

    /** The event time of the i-th key, milliseconds since the epoch. */
    public long time(int i) {
        return timeAt(start + i);
    }

    /** Whether that id was seen at {@code since} or later. */
    public boolean contains(long key, long since) {
        return size <= INDEXED ? scan(key, since) : lookUp(key, since);
    }

    /**
     * Remembers an id.
     *
     * @param since ids older than this may be dropped
     */
    public void add(long key, long time, long since) {
        if (2 * (start + size) == cells.length) {
            makeRoom(since);
        }
        int at = start + size;
        boolean inOrder = size == 0 || timeAt(at - 1) <= time;
        if (!inOrder) {
            while (at > start && timeAt(at - 1) > time) {
                cells[2 * at] = keyAt(at - 1);
                cells[2 * at + 1] = timeAt(at - 1);
                at--;
            }
        }
        cells[2 * at] = key;
        cells[2 * at + 1] = time;
        size++;
        if (size > INDEXED) {
            if (inOrder && index.length >= 2 * size) {
                insert(at);
            } else {
                reindex();
            }
        }
    }

    private void makeRoom(long since) {
        int expired = 0;
        while (expired < size && time(expired) < since) {
            expired++;
        }
        int kept = size - expired;
        int capacity = 2 * kept > cells.length / 2 ? 2 * cells.length : cells.length;
        long[] room = new long[capacity];
        System.arraycopy(cells, 2 * (start + expired), room, 0, 2 * kept);
        cells = room;
        start = 0;
        size = kept;
        if (size > INDEXED) {
            reindex();
        } else {
            index = new int[0];
        }
    }

    private boolean scan(long key, long since) {
        for (int i = start + size - 1; i >= start && timeAt(i) >= since; i--) {
            if (keyAt(i) == key) {
                return true;
            }
        }
        return false;
    }

    /** An id that expired and came again is in the index twice: what is too old is passed over. */
    private boolean lookUp(long key, long since) {
        if (index.length == 0) {
            reindex();
        }
        int mask = index.length - 1;
        for (int slot = slot(key, mask); index[slot] != 0; slot = (slot + 1) & mask) {
            int at = index[slot] - 1;
            if (keyAt(at) == key && timeAt(at) >= since) {
                return true;
            }
        }
        return false;
    }

    private void insert(int at) {
        int mask = index.length - 1;
        int slot = slot(keyAt(at), mask);
        while (index[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        index[slot] = at + 1;
    }

    private void reindex() {
        int capacity = Integer.highestOneBit(2 * cells.length);
        if (index.length == capacity) {
            Arrays.fill(index, 0);
        } else {
            index = new int[capacity];
        }
        for (int i = start; i < start + size; i++) {
            insert(i);
        }
    }

    private long keyAt(int at) {
        return cells[2 * at];
    }

    private long timeAt(int at) {
        return cells[2 * at + 1];
    }

    private static int slot(long key, int mask) {
        return (int) (key ^ (key >>> 32)) & mask;
    }

    /** What the deliveries of one event share: topic and id. Purchases and returns travel on one topic. */
    public static long identity(Event event) {
        return Hash64.of(topic(event), event.id());
    }

    private static String topic(Event event) {
        if (event instanceof Request) {
            return "customer-requests";
        }
        if (event instanceof Move) {
            return "customer-moves";
        }
        return event instanceof Touchpoint ? "touchpoints" : "purchases";
    }
}
