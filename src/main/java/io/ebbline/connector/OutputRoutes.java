package io.ebbline.connector;

import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which topic of the cluster a record goes to: the one of its name, one of that name under a prefix, or, where somebody would act on
 * what is long past, none.
 */
public final class OutputRoutes implements Serializable {
    private static final long serialVersionUID = 1;

    /** What somebody acts on as it comes. Everything else is data, and is right whenever it is read. */
    private static final Set<Topic> ACTED_ON = EnumSet.of(Topic.CHURN_SIGNALS, Topic.NEXT_BEST_OFFERS);

    private final String prefix;
    private final long cutOver;
    private final @Nullable String aside;
    private final @Nullable String moves;

    private OutputRoutes(String prefix, long cutOver, @Nullable String aside, @Nullable String moves) {
        this.prefix = prefix;
        this.cutOver = cutOver;
        this.aside = aside;
        this.moves = moves;
    }

    /** Every output topic under a prefix, which may be empty. */
    public static OutputRoutes under(String prefix) {
        return new OutputRoutes(prefix, Long.MIN_VALUE, null, prefix + Topic.CUSTOMER_MOVES.topicName());
    }

    /**
     * The same, but signals and offers of before an instant are held back.
     *
     * @param before the instant, milliseconds since the epoch
     * @param instead the topic that they are written to; null: none
     */
    public OutputRoutes holdingBack(long before, @Nullable String instead) {
        return new OutputRoutes(prefix, before, instead, moves);
    }

    /** The same, but moves between customers go nowhere: they have been recorded. */
    public OutputRoutes withoutMoves() {
        return new OutputRoutes(prefix, cutOver, aside, null);
    }

    /** The same, but moves between customers go to the real topic whatever the prefix: a replay is to find them. */
    public OutputRoutes recordingMoves() {
        return new OutputRoutes(prefix, cutOver, aside, Topic.CUSTOMER_MOVES.topicName());
    }

    /** Where moves between customers go; null: nowhere. */
    public @Nullable String moves() {
        return moves;
    }

    boolean holdsBack(Outgoing record) {
        return record.time() < cutOver && ACTED_ON.contains(record.topic());
    }

    /** The name of the topic; null when the record goes nowhere. */
    @Nullable
    String topic(Outgoing record) {
        if (holdsBack(record)) {
            return aside;
        }
        Topic topic = record.topic();
        if (topic == Topic.CUSTOMER_MOVES) {
            return moves;
        }
        return topic.isOutput() ? prefix + topic.topicName() : topic.topicName();
    }
}
