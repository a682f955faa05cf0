package io.ebbline.operator;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.ScoringModel;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Incoming;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What keeping histories costs the scoring operator where nothing comes late, in microseconds of its thread for each event, with a
 * checkpoint every so many days, and the bytes of state. Run its main method with the days between checkpoints and whether on RocksDB.
 */
final class CorrectionsBench {

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 6;
    private static final int CUSTOMERS = 1_000;

    private CorrectionsBench() {}

    public static void main(String[] args) throws Exception {
        int every = Integer.parseInt(args[0]);
        boolean rocksDb = Boolean.parseBoolean(args[1]);
        History shop = new SimulatedShop(5, CUSTOMERS, 365, Instant.parse("2024-01-01T00:00:00Z")).history();
        List<Incoming> records = new ArrayList<>();
        for (CustomerEvents customer : CustomerEvents.of(shop.records(), shop.currency())) {
            for (Event event : customer.events()) {
                records.add(Records.of(customer.customer(), inPounds(event)));
            }
        }
        records.sort(Comparator.comparingLong(Incoming::time));
        for (int round = 1; round <= ROUNDS; round++) {
            for (int days : new int[] {0, 7}) {
                double micros = run(records, Duration.ofDays(days).toMillis(), every, rocksDb);
                System.out.printf("%d: horizon %d d: %.2f us an event of %,d%n", round, days, micros, records.size());
            }
        }
    }

    /** The harness keeps its books in pounds. */
    private static Event inPounds(Event event) {
        if (event instanceof Purchase p) {
            return new Purchase(
                    p.id(), p.time(), p.orderId(), "GBP", p.channel(), p.discount(), p.lines(), p.totalMinor());
        }
        return event instanceof Return r
                ? new Return(r.id(), r.time(), r.orderId(), r.whole(), "GBP", r.lines(), r.totalMinor())
                : event;
    }

    private static double run(List<Incoming> records, long horizon, int every, boolean rocksDb) throws Exception {
        EngineRules rules = EngineRules.defaults().withCorrections(horizon);
        try (ScoringCluster job = ScoringCluster.start(new Setup(rules, 1, 2 * CUSTOMERS, rocksDb))) {
            job.model(ScoringModel.shipped(), 0);
            long day = 0;
            long spent = 0;
            long start = THREAD.getCurrentThreadCpuTime();
            for (Incoming record : records) {
                if (Math.floorDiv(record.time(), Records.DAY) > day) {
                    day = Math.floorDiv(record.time(), Records.DAY);
                    job.watermark(day * Records.DAY - 1);
                    if (day % every == 0) {
                        job.subtask(0).prepareSnapshotPreBarrier(day);
                    }
                    spent += THREAD.getCurrentThreadCpuTime() - start;
                    job.drain();
                    start = THREAD.getCurrentThreadCpuTime();
                }
                job.record(record);
            }
            double micros = (spent + THREAD.getCurrentThreadCpuTime() - start) / 1e3 / records.size();
            System.out.printf(
                    "%,d bytes a customer in a checkpoint%n",
                    job.checkpoint().state().getStateSize() / CUSTOMERS);
            return micros;
        }
    }
}
