package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Property
    void aNameIsItsTextHoweverOftenItIsRead(@ForAll List<String> texts) {
        PackedWriter out = new PackedWriter();
        texts.forEach(out::writeString);
        texts.forEach(out::writeNullableString);
        for (int time = 0; time < 2; time++) {
            PackedReader in = new PackedReader(out.toBytes());
            for (String text : texts) {
                assertThat(in.readName()).isEqualTo(new String(utf8(text), StandardCharsets.UTF_8));
            }
            for (String text : texts) {
                assertThat(in.readNullableName()).isEqualTo(new String(utf8(text), StandardCharsets.UTF_8));
            }
            assertThat(in.remaining()).isZero();
        }
    }

    @Test
    void aNameReadTwiceIsOneObject() {
        int same = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] name = utf8("sku-" + i);
            same += Names.of(name, 0, name.length) == Names.of(name, 0, name.length) ? 1 : 0;
        }
        assertThat(same).isEqualTo(1_000);
    }

    /** Both have the hash of the other, and the place. */
    @Test
    void namesThatShareAPlaceAreToldApart() {
        byte[] one = utf8("Aa");
        byte[] other = utf8("BB");
        for (int i = 0; i < 3; i++) {
            assertThat(Names.of(one, 0, 2)).isEqualTo("Aa");
            assertThat(Names.of(other, 0, 2)).isEqualTo("BB");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
