package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.population.Lives;
import io.ebbline.population.Population;
import io.ebbline.population.TickTally;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.wire.Header;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What flows between operators arrives as it was sent. */
class StreamTypesTest {

    static <T> T sent(TypeInformation<T> type, T value) throws IOException {
        TypeSerializer<T> writer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        writer.serialize(value, out);
        writer.serialize(value, out);
        byte[] bytes = out.getCopyOfBuffer();
        DataOutputSerializer forwarded = new DataOutputSerializer(64);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        writer.copy(in, forwarded);
        T second = writer.duplicate().deserialize(in);
        assertThat(in.available()).isZero();
        T first = writer.deserialize(new DataInputDeserializer(forwarded.getCopyOfBuffer()));
        assertThat(first)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(second);
        return second;
    }

    @Property
    void decodedInputArrivesAsItWasSent(@ForAll("incoming") Incoming record) throws IOException {
        assertThat(sent(StreamTypes.INCOMING, record))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Property
    void encodedOutputArrivesAsItWasSent(@ForAll("outgoing") Outgoing record) throws IOException {
        assertThat(sent(StreamTypes.OUTGOING, record))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Property
    void aCheckedModelArrivesAsItWasSent(@ForAll("controls") ControlUpdate update) throws IOException {
        assertThat(sent(StreamTypes.CONTROL, update)).usingRecursiveComparison().isEqualTo(update);
    }

    @Property(tries = 100)
    void aPartOfATickArrivesAsItWasSent(@ForAll long seed, @ForAll int tick) throws IOException {
        TickTally tally = new TickTally();
        Lives.of(seed, 10, 5).forEach(change -> tally.add(change.before(), change.now(), change.asOf()));
        PartialTick arrived = sent(StreamTypes.PARTIAL_TICK, new PartialTick(tick, tally));
        assertThat(arrived.tick()).isEqualTo(tick);
        assertThat(new Population().apply(arrived.tally())).isEqualTo(new Population().apply(tally));
    }

    @Property
    void theKeyOfACustomerArrivesAsItWasSent(@ForAll("keys") String key) throws IOException {
        assertThat(sent(CustomerKeyType.INSTANCE, key)).isEqualTo(key);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                text(), Arbitraries.strings().withCharRange('a', 'ÿ').ofLength(200));
    }

    @Test
    void noneOfThemIsLeftToKryo() {
        assertThat(List.<TypeInformation<?>>of(
                        StreamTypes.INCOMING,
                        StreamTypes.OUTGOING,
                        StreamTypes.CONTROL,
                        StreamTypes.PARTIAL_TICK,
                        CustomerKeyType.INSTANCE))
                .doesNotHaveDuplicates()
                .noneMatch(type -> type instanceof GenericTypeInfo);
    }

    @Provide
    Arbitrary<Incoming> incoming() {
        Arbitrary<Long> offset = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Integer> partition = Arbitraries.integers().greaterOrEqual(0);
        return Combinators.combine(text(), times(), bytes(), reasons(), Arbitraries.of(Topic.class), headers(), bytes())
                .flatAs((key, time, body, reason, topic, headers, originalKey) -> Combinators.combine(
                                partition, offset, Arbitraries.longs(), bytes())
                        .as((at, number, recordTime, value) -> new Incoming(
                                key, time, body, reason, topic, at, number, recordTime, originalKey, value, headers)));
    }

    @Provide
    Arbitrary<Outgoing> outgoing() {
        return Combinators.combine(Arbitraries.of(Topic.class), bytes(), bytes(), Arbitraries.longs(), headers())
                .as(Outgoing::new);
    }

    @Provide
    Arbitrary<ControlUpdate> controls() {
        return Combinators.combine(bytes(), Arbitraries.longs(), incoming().injectNull(0.5), text())
                .as(ControlUpdate::new);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(8), Arbitraries.of("", "é", "\u0000", "客户", "\uD83D\uDE00"));
    }

    /** From the first second to the year 9999 and beyond, and the instants that stand for none. */
    private static Arbitrary<Long> times() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-1_000_000_000_000_000L, 1_000_000_000_000_000L),
                Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).injectNull(0.2);
    }

    private static Arbitrary<RejectReason> reasons() {
        return Arbitraries.of(RejectReason.class).injectNull(0.5);
    }

    private static Arbitrary<List<Header>> headers() {
        Arbitrary<byte[]> value = Arbitraries.bytes().array(byte[].class).ofMaxSize(10);
        return Combinators.combine(text(), value).as(Header::new).list().ofMaxSize(3);
    }
}
