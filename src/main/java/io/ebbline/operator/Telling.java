package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.offer.Fact;
import io.ebbline.profile.Shelf;
import io.ebbline.state.Customer;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Outgoing;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends what is said of customers where it belongs, and counts it. */
final class Telling {

    private final Output<StreamRecord<Outgoing>> output;
    private final EffectEncoder encoder;
    private final Counts counts;
    private final OpenTicks ticks;
    private final CustomerHistory history;
    private final Erasing erasing;
    private final Refusing refusing;
    private final boolean asking;

    /** The watermark that those who make offers have been told. */
    private long passed = Long.MIN_VALUE;

    Telling(
            Output<StreamRecord<Outgoing>> output,
            EffectEncoder encoder,
            Counts counts,
            OpenTicks ticks,
            CustomerHistory history,
            Erasing erasing,
            Refusing refusing,
            boolean asking) {
        this.output = output;
        this.encoder = encoder;
        this.counts = counts;
        this.ticks = ticks;
        this.history = history;
        this.erasing = erasing;
        this.refusing = refusing;
        this.asking = asking;
    }

    /** Those who make offers have been told of a watermark. */
    void passed(long watermark) {
        passed = watermark;
    }

    /**
     * Tells what is said of a customer.
     *
     * @param keep whether the history is to keep it
     */
    Consumer<Effect> of(CustomerCache.Entry<Customer> entry, boolean keep) {
        String customer = entry.key();
        return effect -> {
            if (effect instanceof Effect.Counted counted) {
                ticks.add(counted);
                return;
            }
            if (effect instanceof Effect.Checked checked) {
                ticks.add(checked);
                return;
            }
            if (effect instanceof Effect.Switched switched) {
                ticks.add(switched);
                return;
            }
            if (effect instanceof Effect.Bought || effect instanceof Effect.Responded) {
                output.collect(CustomerOperator.BASKETS, new StreamRecord<>(effect));
                return;
            }
            if (effect instanceof Effect.Noted noted) {
                note(customer, noted.fact(), entry.value().profile().shelf());
                return;
            }
            if (effect instanceof Effect.AnswerDue) {
                entry.value().answerDue(true);
                entry.changed();
                return;
            }
            if (effect instanceof Effect.Refused refused) {
                refusing.refuse(customer, refused);
                return;
            }
            if (effect instanceof Effect.Suppressed suppressed) {
                erasing.suppressed(suppressed.event());
                return;
            }
            if (effect instanceof Effect.Erased erased) {
                counts.add(MetricNames.ERASED, erased.known() ? 1 : 0);
                erasing.erased(customer, erased.asOf());
                return;
            }
            if (effect instanceof Effect.Transition) {
                counts.transition();
            } else if (effect instanceof Effect.Answer) {
                counts.answer();
            } else if (effect instanceof Effect.Signal) {
                counts.add(MetricNames.SIGNALS, 1);
            } else if (effect instanceof Effect.Moved) {
                counts.moveSent();
            } else if (effect instanceof Effect.Correction) {
                counts.add(MetricNames.CORRECTIONS, 1);
            } else if (effect instanceof Effect.Forgotten forgotten) {
                counts.add(MetricNames.FORGOTTEN, 1);
                counts.add(MetricNames.GROSS_MINOR, forgotten.grossMinor());
                counts.add(MetricNames.RETURNS_MINOR, -forgotten.returnedMinor());
                erasing.forgotten(entry);
            }
            if (effect instanceof Effect.Forgotten || effect instanceof Effect.Retired) {
                entry.value().answerDue(false);
            }
            Outgoing record = encoder.encode(customer, effect);
            if (keep) {
                history.told(effect, record);
            }
            output.collect(new StreamRecord<>(record));
        };
    }

    /** Tells the answer that is due. */
    void due(String customer, Customer about, Engine engine) {
        Effect.Answer answer = engine.answer(about.profile());
        about.answerDue(false);
        if (answer != null) {
            counts.answer();
            output.collect(new StreamRecord<>(encoder.encode(customer, answer)));
        }
    }

    private void note(String customer, Fact fact, Shelf shelf) {
        long due = Math.max(fact.asOf(), passed + 1);
        output.collect(CustomerOperator.FACTS, new StreamRecord<>(new CustomerFact(customer, fact, due)));
        if (asking && fact.asksForOffer()) {
            for (String sku : shelf.recent()) {
                output.collect(CustomerOperator.ASKS, new StreamRecord<>(new ListAsk(sku, customer, due)));
            }
        }
    }
}
