package io.ebbline.engine;

import io.ebbline.event.Event;
import io.ebbline.event.EventIds;
import io.ebbline.event.Move;
import io.ebbline.event.Move.Hop;
import io.ebbline.event.Move.Kind;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.profile.SeenEvents;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Ids of moves: 32 hexadecimal digits that hash what the move is. The first two put those of one instant into the order in which
 * they have to be taken: who comes, those by fewer retirements first; who goes; then what is forwarded, in the order of events.
 */
final class MoveIds {

    private static final String TOPIC = "customer-moves";
    private static final int GOES = 0x40;
    private static final int HAPPENED = 0x80;

    private MoveIds() {}

    /** A move that is told for the first time. */
    static Move move(Kind kind, String from, String to, List<Hop> path, String cause, long time, byte[] payload) {
        int order = Math.min(path.size(), GOES - 1) + (kind == Kind.MOVED ? 0 : GOES);
        return named(order, kind, from, to, path, cause, time, payload);
    }

    /** An event handed on. */
    static Move forwarded(String from, String to, List<Hop> path, Event event, long asOf, Parcels parcels) {
        int rank = event instanceof Purchase ? 0 : event instanceof Return ? 1 : 2;
        String cause = HexFormat.of().toHexDigits(SeenEvents.identity(event));
        return named(HAPPENED + rank, Kind.FORWARDED, from, to, path, cause, asOf, parcels.pack(event));
    }

    private static Move named(
            int order, Kind kind, String from, String to, List<Hop> path, String cause, long time, byte[] payload) {
        StringBuilder what = new StringBuilder(kind.name()).append(' ').append(cause);
        for (Hop hop : path) {
            what.append(' ')
                    .append(hop.requestId())
                    .append(' ')
                    .append(hop.time())
                    .append(' ')
                    .append(hop.customerId());
        }
        String id = EventIds.of(TOPIC, from + ' ' + to, what.toString(), time, 0);
        return new Move(HexFormat.of().toHexDigits((byte) order) + id.substring(2), time, kind, from, path, payload);
    }

    /**
     * The id under which the same thing is told otherwise: it stands behind those before it, and in their place.
     *
     * @param id under which it was told for the first time
     * @param again how often it was told before; 0: the id itself
     */
    static String again(String id, int again) {
        return again == 0 ? id : id + String.format(Locale.ROOT, "~%04d", 2 * again);
    }

    /** The id under which it is taken back, behind what was told. */
    static String takenBack(String id, int again) {
        return id + String.format(Locale.ROOT, "~%04d", 2 * again + 1);
    }
}
