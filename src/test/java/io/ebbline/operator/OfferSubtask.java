package io.ebbline.operator;

import io.ebbline.config.Settings;
import io.ebbline.model.ModelVersion;
import io.ebbline.offer.Fact;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.state.ModelCodec;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One subtask of those who make offers. */
final class OfferSubtask extends KeyedTwoInputStreamOperatorTestHarness<String, ForCustomer, OfferNews, Outgoing> {

    /**
     * A subtask, not opened yet.
     *
     * @param cache customers cached
     */
    OfferSubtask(long until, OfferOperator.DeskFactory desks, int cache, int parallelism, int index, boolean rocksDb)
            throws Exception {
        super(
                new OfferOperator(until, desks, OffersSaid::encoder, 2, cache),
                ForCustomer::customer,
                null,
                CustomerKeyType.INSTANCE,
                Settings.MAX_PARALLELISM,
                parallelism,
                index);
        if (rocksDb) {
            setStateBackend(new EmbeddedRocksDBStateBackend());
        }
        setup(StreamTypes.OUTGOING.createSerializer(getExecutionConfig().getSerializerConfig()));
    }

    void fact(String customer, Fact fact) throws Exception {
        processElement1(new StreamRecord<>(new CustomerFact(customer, fact)));
    }

    void news(OfferNews news) throws Exception {
        processElement2(new StreamRecord<>(news));
    }

    void version(ModelVersion version, long effectiveAt) throws Exception {
        news(OfferNews.of(ControlUpdate.version(ModelCodec.write(version), effectiveAt)));
    }

    void factsWatermark(long time) throws Exception {
        processWatermark1(new Watermark(time));
    }

    void newsWatermark(long time) throws Exception {
        processWatermark2(new Watermark(time));
    }

    /** No market, no lists: the watermark of the facts counts alone. */
    void noNews() throws Exception {
        processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    /** Takes out what was sent since the last call. */
    List<Outgoing> drain() {
        List<Outgoing> records = new ArrayList<>();
        for (Object sent = getOutput().poll(); sent != null; sent = getOutput().poll()) {
            if (sent instanceof StreamRecord<?> record) {
                records.add((Outgoing) record.getValue());
            }
        }
        return records;
    }

    /** Takes out what was counted of ticks that are over since the last call. */
    List<TickedOffers> drainTicks() {
        List<TickedOffers> ticks = new ArrayList<>();
        var sent = getSideOutput(OfferOperator.TICKS);
        while (sent != null && !sent.isEmpty()) {
            ticks.add(sent.poll().getValue());
        }
        return ticks;
    }
}
