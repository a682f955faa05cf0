package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class OverflowKeyTest {

    @Provide
    Arbitrary<OverflowKey> keys() {
        Arbitrary<byte[]> bodies = Arbitraries.oneOf(Arbitraries.of((byte) 0, (byte) 1, (byte) -1), Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(6);
        Arbitrary<Long> times = Arbitraries.oneOf(Arbitraries.longs().between(-2, 2), Arbitraries.longs());
        return Combinators.combine(times, bodies, Arbitraries.longs().between(0, 300))
                .as(OverflowKey::new);
    }

    private static byte[] bytes(OverflowKey key) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(32);
        OverflowKeySerializer.INSTANCE.serialize(key, out);
        return out.getCopyOfBuffer();
    }

    @Property(tries = 1000)
    void whatIsWrittenIsReadBack(@ForAll("keys") OverflowKey key) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes(key));
        OverflowKey read = OverflowKeySerializer.INSTANCE.deserialize(in);
        assertThat(read.time()).isEqualTo(key.time());
        assertThat(read.body()).isEqualTo(key.body());
        assertThat(read.number()).isEqualTo(key.number());
        assertThat(in.available()).isZero();
        assertThat(read).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @Property(tries = 1000)
    void bytesSortAsKeysCompare(@ForAll("keys") OverflowKey a, @ForAll("keys") OverflowKey b) throws IOException {
        assertThat(Integer.signum(Arrays.compareUnsigned(bytes(a), bytes(b))))
                .isEqualTo(Integer.signum(a.compareTo(b)));
    }

    @Property(tries = 1000)
    void bodiesCompareByteByByteThoughOneBeginsTheOther(
            @ForAll("keys") OverflowKey key, @ForAll byte more, @ForAll("keys") OverflowKey other) throws IOException {
        byte[] longer = Arrays.copyOf(key.body(), key.body().length + 1);
        longer[longer.length - 1] = more;
        OverflowKey after = new OverflowKey(key.time(), longer, other.number());
        assertThat(Arrays.compareUnsigned(bytes(key), bytes(after))).isNegative();
        assertThat(key.compareTo(after)).isNegative();
    }

    @Property(tries = 100)
    void aCopyOfTheBytesIsTheBytes(@ForAll("keys") OverflowKey key) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(32);
        OverflowKeySerializer.INSTANCE.copy(new DataInputDeserializer(bytes(key)), out);
        assertThat(out.getCopyOfBuffer()).isEqualTo(bytes(key));
    }
}
