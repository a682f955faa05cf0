package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Hash64;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.AffinityRow;
import io.ebbline.offer.BasketCounts;
import io.ebbline.offer.Baskets;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.MarketCounts;
import io.ebbline.offer.MarketDelta;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.offer.RowDelta;
import io.ebbline.profile.Pace;
import io.ebbline.state.PackedReader.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is counted of products is read back as it was written. */
class MarketCodecTest {

    private static <T> byte[] bytes(T value, BiConsumer<T, PackedWriter> write) {
        PackedWriter out = new PackedWriter();
        write.accept(value, out);
        return out.toBytes();
    }

    /** Reads back, compares all of it, and refuses every shorter piece. */
    private static <T> void check(
            T value, BiConsumer<T, PackedWriter> write, Function<PackedReader, T> read, boolean cuts) {
        byte[] bytes = bytes(value, write);
        PackedReader in = new PackedReader(bytes);
        T back = read.apply(in);
        assertThat(in.remaining()).isZero();
        if (back instanceof AffinityRow row && value instanceof AffinityRow written) {
            assertThat(row.sku()).isEqualTo(written.sku());
            assertThat(row.data()).usingRecursiveComparison().isEqualTo(written.data());
        } else {
            assertThat(back).usingRecursiveComparison().isEqualTo(value);
        }
        for (int length = 0; cuts && length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> read.apply(new PackedReader(cut)));
        }
    }

    private record Parts(List<RowDelta> rows, List<MarketDelta> market) {}

    private static Parts parts(Random random, int size) {
        BasketCounts counts = new BasketCounts();
        Baskets.of(random, size, 25, 9).forEach(told -> counts.add(told.basket()));
        Parts parts = new Parts(new ArrayList<>(), new ArrayList<>());
        counts.drain(parts.rows::add, parts.market::add);
        parts.market.get(0).responses().add("tea", Pace.TWICE, 18_000, 14, 9, 2, 3);
        return parts;
    }

    @Property(tries = 40)
    void partsOfATickAreReadBack(@ForAll Random random) {
        Parts parts = parts(random, 1 + random.nextInt(40));
        for (RowDelta row : parts.rows) {
            check(row, AffinityCodec::write, AffinityCodec::readDelta, false);
        }
        check(parts.market.get(0), MarketCodec::write, MarketCodec::readDelta, false);
    }

    @Property(tries = 40)
    void rowsListsAndTheMarketAreReadBack(@ForAll Random random) {
        List<Baskets.Told> told = Baskets.of(random, 1 + random.nextInt(60), 25, 9);
        Affinities affinities = new Affinities(2);
        for (int i = 0; i < told.size(); i++) {
            affinities.add(told.get(i).basket());
            if (i + 1 == told.size() || told.get(i + 1).tick() > told.get(i).tick()) {
                affinities.endTick(told.get(i).tick());
            }
        }
        Parts parts = parts(random, 20);
        int tick = told.get(told.size() - 1).tick() + 30;
        check(new MarketCounts().fold(tick, parts.market.get(0)), MarketCodec::write, MarketCodec::readUpdate, false);
        check(new MarketCounts().everything(), MarketCodec::write, MarketCodec::readUpdate, true);
        for (AffinityRow row : affinities.rows().values()) {
            check(row, AffinityCodec::write, AffinityCodec::readRow, false);
        }
        for (RowDelta row : parts.rows) {
            ListUpdate list = new AffinityRow(row.sku()).fold(tick, row, affinities.market());
            check(Objects.requireNonNull(list), AffinityCodec::write, AffinityCodec::readList, false);
        }
    }

    @Example
    void bytesThatEndEarlyAreRefused() {
        Parts parts = parts(new Random(1), 12);
        check(parts.rows.get(0), AffinityCodec::write, AffinityCodec::readDelta, true);
        check(parts.market.get(0), MarketCodec::write, MarketCodec::readDelta, true);
        MarketUpdate update = new MarketCounts().fold(-3, parts.market.get(0));
        check(update, MarketCodec::write, MarketCodec::readUpdate, true);
        check(update.items().get(0), MarketCodec::write, MarketCodec::readItem, true);
        check(update.categories().get(0), MarketCodec::write, MarketCodec::readCategory, true);
        check(update.feedback().get(0), MarketCodec::write, MarketCodec::readFeedback, true);
        AffinityRow row = new AffinityRow("x");
        ListUpdate list = row.fold(3, parts.rows.get(0), new Affinities(2).market());
        check(Objects.requireNonNull(list), AffinityCodec::write, AffinityCodec::readList, true);
        check(row, AffinityCodec::write, AffinityCodec::readRow, true);
    }

    /** A row that had to drop something remembers what it may have missed. */
    @Example
    void whatMayBeMissingIsReadBack() {
        AffinityRow row = new AffinityRow("x");
        for (int tick = 0; tick < 3; tick++) {
            String[] to = new String[700];
            long[] counts = new long[700];
            for (int i = 0; i < 700; i++) {
                to[i] = "s" + (10_000 + (tick % 2) * 350 + i);
                counts[i] = 1 + (i + tick) % 5;
            }
            Arrays.sort(to, Comparator.comparingLong(Hash64::of));
            row.fold(tick, new RowDelta("x", 50, 50, 1, 50, to, counts, counts, counts), new Affinities(2).market());
        }
        assertThat(row.laterBound()).isPositive();
        assertThat(Arrays.stream(row.data().laterMissing()).max().orElse(0)).isPositive();
        check(row, AffinityCodec::write, AffinityCodec::readRow, false);
    }

    @Example
    void categoriesOutOfOrderAreRefused() {
        MarketUpdate.Category bad =
                new MarketUpdate.Category("x", 1, 1, 1, new String[] {"b", "a"}, new double[] {1, 1});
        byte[] bytes = bytes(bad, MarketCodec::write);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> MarketCodec.readCategory(new PackedReader(bytes)))
                .withMessage("Names are out of order: a.");
    }

    @Example
    void damagedBytesAreRefusedOrReadAsSomethingElse() {
        Parts parts = parts(new Random(1), 12);
        byte[] update = bytes(new MarketCounts().fold(9, parts.market.get(0)), MarketCodec::write);
        Damage.oneByte(update, 0, bytes -> MarketCodec.readUpdate(new PackedReader(bytes)));
    }
}
