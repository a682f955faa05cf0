package io.ebbline.state;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Shelf;
import io.ebbline.testing.NaiveShelf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A shelf read back goes on as if it had never been stored. */
class ShelfCodecTest {

    private static byte[] bytes(Shelf shelf) {
        PackedWriter out = new PackedWriter();
        ShelfCodec.write(shelf, out);
        return out.toBytes();
    }

    private static Shelf shelf(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        Shelf shelf = new Shelf();
        ShelfCodec.read(shelf, in);
        assertThat(in.remaining()).isZero();
        return shelf;
    }

    private static Shelf filled(Random random) {
        Shelf shelf = new Shelf();
        for (Event event : NaiveShelf.events(random, 30, 20)) {
            if (event instanceof Purchase purchase) {
                shelf.purchase(purchase, true, event.time());
            }
        }
        return shelf;
    }

    @Property(tries = 200)
    void whoIsStoredInBetweenOwnsTheSame(@ForAll Random random) {
        Shelf shelf = new Shelf();
        Shelf stored = new Shelf();
        Set<String> begun = new HashSet<>();
        for (Event event : NaiveShelf.events(random, 1 + random.nextInt(80), 30)) {
            if (event instanceof Purchase purchase) {
                boolean begins = begun.add(purchase.orderId());
                Basket expected = shelf.purchase(purchase, begins, event.time());
                assertThat(stored.purchase(purchase, begins, event.time())).isEqualTo(expected);
            } else if (event instanceof Return goods) {
                shelf.giveBack(goods);
                stored.giveBack(goods);
            }
            stored = shelf(bytes(stored));
            assertThat(bytes(stored)).isEqualTo(bytes(shelf));
        }
    }

    @Example
    void anEmptyShelfTakesOneByte() {
        assertThat(bytes(new Shelf())).containsExactly(0);
        assertThat(shelf(new byte[1]).items()).isEmpty();
    }

    @Example
    void whatWasBoughtOnceTakesTwentyBytesOrSo() {
        Shelf shelf = new Shelf();
        for (int order = 0; order < 20; order++) {
            List<Line> lines = new ArrayList<>();
            for (int line = 0; line < 15; line++) {
                lines.add(new Line("A" + (10_000 + 15 * order + line), "tea", 10_000, 29_500, null));
            }
            String id = "order-" + order;
            shelf.purchase(new Purchase(id, day(order), id, "GBP", null, null, lines, 1), true, order * DAY);
        }
        assertThat(bytes(shelf).length / 300.0).isLessThan(20);
    }

    @Example
    void bytesThatEndEarlyAreRefused() {
        Damage.theEnd(bytes(filled(new Random(1))), ShelfCodecTest::shelf);
    }

    @Example
    void damagedBytesAreRefusedOrReadAsAnotherShelf() {
        Damage.oneByte(bytes(filled(new Random(1))), 0, bytes -> {
            Shelf shelf = new Shelf();
            ShelfCodec.read(shelf, new PackedReader(bytes));
            return shelf;
        });
    }
}
