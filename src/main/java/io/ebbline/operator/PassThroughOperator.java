package io.ebbline.operator;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.profile.Episode;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.score.Score;
import io.ebbline.score.ScoreValue;
import io.ebbline.score.Scores;
import io.ebbline.state.EventCodec;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What the benchmark holds the engine against: a stateless job. It stands where {@link CustomerOperator} stands, reads the
 * same events and writes one customer score for each, as large as the engine's, at once and out of order, and keeps nothing.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class PassThroughOperator extends AbstractStreamOperator<Outgoing>
        implements OneInputStreamOperator<Incoming, Outgoing> {

    private final CustomerOperator.EncoderFactory encoders;
    private transient EffectEncoder encoder;
    private transient long watermark;

    /** The operator. */
    public PassThroughOperator(CustomerOperator.EncoderFactory encoders) {
        this.encoders = encoders;
    }

    @Override
    public void open() throws Exception {
        super.open();
        encoder = encoders.create();
        watermark = Long.MIN_VALUE;
        getMetricGroup().gauge(MetricNames.WATERMARK, (Gauge<Long>) () -> watermark);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement(StreamRecord record) {
        // Nothing is kept, so no key is set.
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) {
        Incoming record = element.getValue();
        byte[] body = record.body();
        if (body != null) {
            Event event = EventCodec.decode(record.time(), body);
            output.collect(new StreamRecord<>(encoder.encode(record.key(), answer(event))));
        }
    }

    private static Answer answer(Event event) {
        long time = event.time();
        long amount = event instanceof Purchase purchase ? purchase.totalMinor() : 0;
        List<ScoreValue> scores = new ArrayList<>(Scores.ALL.size());
        for (Score score : Scores.ALL) {
            scores.add(new ScoreValue(
                    score.name(), amount, List.of(new Reason(ReasonCode.NET_SPEND, (double) amount, (double) amount))));
        }
        Standing standing = new Standing(5, 1, 1, 3, "New", time, Stage.GROWTH, time, Episode.NONE, "none/1", 0, time);
        return new Answer(time, standing, Profile.NEVER, 1, amount, 0.5, 0.5, amount, scores, "none/1");
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        super.processWatermark(mark);
    }
}
