package io.ebbline.event;

import java.util.List;

/**
 * What one customer's key hands on to another's, since an id was merged into another: it travels under the key of the one who
 * receives it, not of the one it tells of.
 *
 * @param id a function of what caused it, so that a replay finds the same. Of one and the same cause a later id, as text,
 *     stands in place of an earlier one
 * @param time when it counts, milliseconds since the epoch: the time of the request, or of the event that is handed on
 * @param from the key that it comes from
 * @param path the retirements that it came by, the first of them first; empty for {@link Kind#ERASED} that goes to a member
 * @param payload {@link Kind#MOVED}: the packed profile; {@link Kind#FORWARDED}: the packed event; else empty
 */
public record Move(String id, long time, Kind kind, String from, List<Hop> path, byte[] payload) implements Event {

    /** What is handed on. The order is part of the state format: add at the end. */
    public enum Kind {
        /** All that is known of a customer whose id has been merged into the receiver's. */
        MOVED,
        /** An event of one of them. */
        FORWARDED,
        /** A merge is undone: what came by its retirement goes. */
        UNMOVED,
        /** One of the merged has been erased: so are all. */
        ERASED,
        /** A merge can't be kept: its retirement is undone. */
        REFUSED
    }

    /**
     * The retirement of an id.
     *
     * @param customerId the id
     * @param time when it was retired, milliseconds since the epoch
     * @param requestId id of the request that asked for it
     */
    public record Hop(String customerId, long time, String requestId) {}

    public Move {
        path = List.copyOf(path);
    }

    /** Whether it has come by the retirement of an id. */
    public boolean cameBy(String customerId) {
        return path.stream().anyMatch(hop -> hop.customerId().equals(customerId));
    }
}
