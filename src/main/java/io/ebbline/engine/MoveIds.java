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

    /** A move handed on: it counts as far as the one that is handed on. */
    static Move onward(Move move, String from, String to, List<Hop> path, long time) {
        int number = number(move.id());
        Kind told = number % 2 == 0 ? move.kind() : Kind.MOVED; // What is taken back keeps its place among those.
        Move next = move(told, from, to, path, base(move.id()), time, move.payload());
        return new Move(numbered(next.id(), number), time, move.kind(), from, path, next.payload());
    }

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
     * An id with a number behind it: of moves that differ in the number alone the last one counts.
     *
     * @param base id without one
     * @param number 0: without one; even: something is told; odd: what the number before it told is taken back
     */
    static String numbered(String base, int number) {
        return number == 0 ? base : base + String.format(Locale.ROOT, "~%04d", number);
    }

    /** The id without its number. */
    static String base(String id) {
        int end = id.indexOf('~');
        return end < 0 ? id : id.substring(0, end);
    }

    /** The number behind an id. */
    static int number(String id) {
        int end = id.indexOf('~');
        return end < 0 ? 0 : Integer.parseInt(id.substring(end + 1));
    }
}
