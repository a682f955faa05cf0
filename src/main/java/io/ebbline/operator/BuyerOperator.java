package io.ebbline.operator;

import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Purchase;
import io.ebbline.fit.Buyer;
import io.ebbline.fit.CustomerFold;
import io.ebbline.fit.Folded;
import io.ebbline.fit.SampleShare;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.BuyerCodec;
import io.ebbline.state.EventCodec;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Folds customers into what a fit reads of them. It takes the batch mode's word that one customer's events come one after the
 * other: it holds one customer's at a time, and puts them in order itself.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class BuyerOperator extends AbstractStreamOperator<FoldedPart>
        implements OneInputStreamOperator<CustomerEvent, FoldedPart>, BoundedOneInput {

    /** Counts customers folded, for who waits. */
    public static final String CUSTOMERS = "customers-folded";

    private final ZoneId timeZone;
    private final long dedupHorizonMillis;
    private final long mostBuyers;
    private final long lookBackMillis;

    private transient SampleShare share;
    private transient SampleShare ordersShare;
    private transient CustomerFold fold;
    private transient List<CustomerEvent> events;
    private transient @Nullable String customer;
    private transient LongCounter folded;

    /**
     * The operator.
     *
     * @param mostBuyers beyond them a subtask samples, so that the client need not
     * @param lookBackMillis the window that R, F and M are of; 0: all history
     */
    public BuyerOperator(ZoneId timeZone, long dedupHorizonMillis, long mostBuyers, long lookBackMillis) {
        this.timeZone = timeZone;
        this.dedupHorizonMillis = dedupHorizonMillis;
        this.mostBuyers = mostBuyers;
        this.lookBackMillis = lookBackMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        share = new SampleShare(mostBuyers);
        ordersShare = new SampleShare(Folded.MOST_LINES);
        fold = new CustomerFold(new ShopClock(timeZone), dedupHorizonMillis, lookBackMillis);
        events = new ArrayList<>();
        folded = new LongCounter();
        getRuntimeContext().addAccumulator(CUSTOMERS, folded);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement(StreamRecord record) {
        // Nothing is kept by key, so no key is set.
    }

    @Override
    public void processElement(StreamRecord<CustomerEvent> element) {
        CustomerEvent event = element.getValue();
        if (!event.customer().equals(customer)) {
            foldCustomer();
            customer = event.customer();
        }
        events.add(event);
    }

    @Override
    public void endInput() {
        foldCustomer();
        collect(new FoldedPart.Share(share.oneOf(), ordersShare.oneOf()));
        fold.census().days().forEach((tick, counts) -> collect(new FoldedPart.Day(tick, counts)));
    }

    private void foldCustomer() {
        if (customer == null) {
            return;
        }
        events.sort((a, b) -> EventCodec.compare(a.time(), a.body(), b.time(), b.body()));
        List<Event> decoded = events.stream()
                .map(event -> EventCodec.decode(event.time(), event.body()))
                .toList();
        Buyer buyer = fold.fold(decoded);
        long hash = Hash64.of(customer);
        if (buyer != null) {
            share.see(hash);
            if (share.contains(hash)) {
                collect(new FoldedPart.Person(hash, BuyerCodec.write(buyer)));
            }
        }
        sendOrders(hash, decoded);
        folded.add(1);
        events.clear();
    }

    private void sendOrders(long hash, List<Event> decoded) {
        List<CustomerEvent> purchases = IntStream.range(0, decoded.size())
                .filter(i -> decoded.get(i) instanceof Purchase)
                .mapToObj(events::get)
                .toList();
        if (!purchases.isEmpty()) {
            ordersShare.see(hash, Folded.lines(decoded));
            if (ordersShare.contains(hash)) {
                collect(new FoldedPart.Orders(purchases));
            }
        }
    }

    private void collect(FoldedPart part) {
        output.collect(new StreamRecord<>(part));
    }
}
