package io.ebbline.wire;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Unmerge;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.EventCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.state.StoredParcels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records of the input topics into events. Whatever a record holds, it comes out as an event, a clock or a rejection with its
 * reason; only a registry that does not answer is an error.
 *
 * <p>Not safe for use by several threads.
 */
public final class EventDecoder {

    /** 31 December 9999, 23:59:59.999. */
    private static final long LATEST = 253_402_300_799_999L;

    /** The most that one event may come to, in minor units: so that a customer's sums, which are longs, do not overflow. */
    private static final long MOST_MINOR = 1_000_000_000_000_000L;

    /** An id that the registry did not know is asked for again after this long: its schema may have been registered since. */
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private record Key(Topic topic, int schemaId) {}

    private final SchemaRegistry registry;
    private final String currency;
    private final int minorDigits;
    private final long futureToleranceMillis;
    private final LongSupplier nanoClock;
    private final Map<Key, WriterSchema> schemas = new HashMap<>();
    private final Map<Integer, Long> unknown = new HashMap<>();
    private final EventCodec codec = new EventCodec();
    private @Nullable Key lastKey;
    private @Nullable WriterSchema lastSchema;

    /**
     * A decoder.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param futureToleranceMillis how far an event may be ahead of its Kafka record
     */
    public EventDecoder(SchemaRegistry registry, String currency, long futureToleranceMillis) {
        this(registry, currency, futureToleranceMillis, System::nanoTime);
    }

    EventDecoder(SchemaRegistry registry, String currency, long futureToleranceMillis, LongSupplier nanoClock) {
        this.registry = registry;
        this.currency = currency;
        this.minorDigits = Currency.getInstance(currency).getDefaultFractionDigits();
        this.futureToleranceMillis = futureToleranceMillis;
        this.nanoClock = nanoClock;
    }

    /**
     * Decodes a record.
     *
     * @throws RegistryException when the registry does not answer
     */
    public Incoming decode(
            Topic topic,
            int partition,
            long offset,
            long recordTime,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        Source source = new Source(topic, partition, offset, recordTime, key, value, headers);
        if (value == null) {
            return source.rejected(RejectReason.NO_VALUE);
        }
        if (!Confluent.isFramed(value)) {
            return source.rejected(RejectReason.NOT_AVRO);
        }
        WriterSchema schema = schema(topic, Confluent.schemaId(value));
        if (schema == null) {
            return source.rejected(RejectReason.UNKNOWN_SCHEMA);
        }
        RejectReason refusal = schema.refusal();
        if (refusal != null) {
            boolean request = topic == Topic.CUSTOMER_REQUESTS && refusal == RejectReason.WRONG_TYPE;
            return source.rejected(request ? RejectReason.UNSUPPORTED_REQUEST : refusal);
        }
        try {
            byte[] avro = schema.rewritten(value);
            return decode(source, schema.record(), new PackedReader(avro, Confluent.PREFIX, avro.length));
        } catch (MalformedException | IOException e) {
            return source.rejected(RejectReason.UNDECODABLE);
        } catch (ArithmeticException e) {
            return source.rejected(RejectReason.INVALID_AMOUNT);
        }
    }

    private Incoming decode(Source source, String record, PackedReader in) {
        if (record.equals("Clock")) {
            long time = in.readSigned();
            mustEnd(in);
            return outOfRange(time)
                    ? source.rejected(RejectReason.INVALID_TIME)
                    : isFuture(source, time) ? source.rejected(RejectReason.FUTURE) : source.clock(time);
        }
        AvroEvents.@Nullable Decoded decoded = switch (record) {
            case "Purchase" -> AvroEvents.readPurchase(in, minorDigits);
            case "Return" -> AvroEvents.readReturn(in, minorDigits);
            case "Touchpoint" -> AvroEvents.readTouchpoint(in);
            case "Erasure" -> AvroEvents.readErasure(in);
            case "Merge" -> AvroEvents.readMerge(in);
            case "Unmerge" -> AvroEvents.readUnmerge(in);
            case "CustomerMove" -> AvroEvents.readMove(in);
            default -> throw new IllegalStateException("Nothing reads a " + record + ".");
        };
        mustEnd(in);
        if (decoded == null) {
            return source.rejected(RejectReason.UNKNOWN_FORMAT);
        }
        RejectReason reason = check(source, decoded);
        String customer = decoded.customer();
        if (reason != null || customer == null) {
            return source.rejected(reason == null ? RejectReason.NO_CUSTOMER : reason);
        }
        byte[] body = codec.encode(decoded.event());
        Incoming event = source.event(customer, decoded.event().time(), body);
        return mayBeRefused(decoded.event()) ? Origin.kept(event, body) : event;
    }

    private static void mustEnd(PackedReader in) {
        if (in.remaining() > 0) {
            throw new MalformedException("Bytes follow the record.");
        }
    }

    private @Nullable RejectReason check(Source source, AvroEvents.Decoded decoded) {
        String customer = decoded.customer();
        Event event = decoded.event();
        if (customer == null || customer.isEmpty()) {
            return RejectReason.NO_CUSTOMER;
        }
        if (source.key != null && !Arrays.equals(source.key, customer.getBytes(StandardCharsets.UTF_8))) {
            return RejectReason.KEY_MISMATCH;
        }
        if (event.id().isEmpty() || event.id().indexOf('\0') >= 0) {
            return RejectReason.NO_EVENT_ID;
        }
        if (outOfRange(event.time())) {
            return RejectReason.INVALID_TIME;
        }
        if (isFuture(source, event.time())) {
            return RejectReason.FUTURE;
        }
        if (event instanceof Purchase purchase) {
            return check(purchase);
        }
        if (event instanceof Return goods) {
            return check(goods);
        }
        if (event instanceof Request request) {
            return check(request);
        }
        return event instanceof Move move ? check(move) : null;
    }

    /** Whether this release can read what is handed over: what waits has to be applied later. */
    private static @Nullable RejectReason check(Move move) {
        if (move.from().isEmpty()) {
            return RejectReason.NO_CUSTOMER;
        }
        if (move.path().isEmpty() && move.kind() != Move.Kind.ERASED) {
            throw new MalformedException("A move came by no retirement.");
        }
        byte[] payload = move.payload();
        switch (move.kind()) {
            case MOVED -> {
                if (!CustomerCodec.isKnown(payload)) {
                    return RejectReason.UNKNOWN_FORMAT;
                }
                CustomerCodec.unpack(payload);
            }
            case FORWARDED -> {
                if (!StoredParcels.isKnown(payload)) {
                    return RejectReason.UNKNOWN_FORMAT;
                }
                Event event = StoredParcels.read(payload);
                if (event instanceof Move || event instanceof Request) {
                    throw new MalformedException("A move is forwarded as if it had happened.");
                }
            }
            case UNMOVED, ERASED, REFUSED -> {
                if (payload.length > 0) {
                    throw new MalformedException("A move hands over what nobody reads.");
                }
            }
        }
        return null;
    }

    private static @Nullable RejectReason check(Request request) {
        if (request instanceof Erasure) {
            return null;
        }
        boolean named = request instanceof Merge merge
                ? !merge.into().isEmpty()
                : request instanceof Unmerge unmerge && !unmerge.into().isEmpty();
        return named ? null : RejectReason.NO_CUSTOMER;
    }

    private @Nullable RejectReason check(Purchase purchase) {
        if (purchase.orderId().isEmpty()) {
            return RejectReason.NO_ORDER_ID;
        }
        if (purchase.lines().isEmpty()) {
            return RejectReason.NO_LINES;
        }
        if (isTooMuch(purchase.totalMinor())) {
            return RejectReason.INVALID_AMOUNT;
        }
        return mayHaveRate(purchase.currency()) ? null : RejectReason.NO_EXCHANGE_RATE;
    }

    private @Nullable RejectReason check(Return goods) {
        if (goods.lines().isEmpty() && !goods.whole()) {
            return RejectReason.NO_LINES;
        }
        for (Line line : goods.lines()) {
            if (line.quantity() < 0) {
                return RejectReason.INVALID_AMOUNT;
            }
        }
        if (isTooMuch(goods.totalMinor())) {
            return RejectReason.INVALID_AMOUNT;
        }
        return mayHaveRate(goods.currency()) ? null : RejectReason.NO_EXCHANGE_RATE;
    }

    /** Whether an amount is one of money at all. What rate there is at its time is known when it is applied. */
    private boolean mayHaveRate(String code) {
        return code.equals(currency) || CURRENCIES.contains(code);
    }

    /** Whether it is known only when it is applied that it can be: then it is handed over as it came. */
    private boolean mayBeRefused(Event event) {
        if (event instanceof Purchase purchase) {
            return !purchase.currency().equals(currency);
        }
        if (event instanceof Return goods) {
            return !goods.currency().equals(currency);
        }
        return event instanceof Merge || event instanceof Unmerge;
    }

    /** Whether an event comes to more than sums can hold, minor units. */
    public static boolean isTooMuch(long totalMinor) {
        return totalMinor > MOST_MINOR || totalMinor < -MOST_MINOR;
    }

    private static boolean outOfRange(long time) {
        return time < 0 || time > LATEST;
    }

    private boolean isFuture(Source source, long time) {
        return time > source.recordTime + futureToleranceMillis;
    }

    private @Nullable WriterSchema schema(Topic topic, int id) {
        if (lastKey != null && lastKey.topic == topic && lastKey.schemaId == id) {
            return lastSchema;
        }
        Key key = new Key(topic, id);
        WriterSchema schema = schemas.get(key);
        if (schema == null) {
            Long asked = unknown.get(id);
            if (asked != null && nanoClock.getAsLong() - asked < ASK_AGAIN_NANOS) {
                return null;
            }
            Optional<String> text = registry.schema(id);
            if (text.isEmpty()) {
                if (unknown.size() >= 10_000) {
                    unknown.clear(); // Made-up ids must not fill the memory.
                }
                unknown.put(id, nanoClock.getAsLong());
                return null;
            }
            schema = WriterSchema.of(topic, text.get());
            schemas.put(key, schema);
        }
        lastKey = key;
        lastSchema = schema;
        return schema;
    }

    /** Where a record came from, and what can come of it. */
    private record Source(
            Topic topic,
            int partition,
            long offset,
            long recordTime,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {

        Incoming event(String customer, long time, byte[] body) {
            return new Incoming(customer, time, body, null, topic, partition, offset, recordTime, key, value, headers);
        }

        Incoming clock(long time) {
            return new Incoming(
                    spread(), time, null, null, topic, partition, offset, recordTime, null, null, List.of());
        }

        Incoming rejected(RejectReason reason) {
            return new Incoming(
                    spread(),
                    Incoming.NO_TIME,
                    null,
                    reason,
                    topic,
                    partition,
                    offset,
                    recordTime,
                    key,
                    value,
                    headers);
        }

        private String spread() {
            return topic.topicName() + '/' + partition + '/' + (offset & 0xff);
        }
    }
}
