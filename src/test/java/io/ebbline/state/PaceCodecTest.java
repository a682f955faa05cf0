package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.offer.Arrivals;
import io.ebbline.offer.BasketCounts;
import io.ebbline.offer.MarketDelta;
import io.ebbline.offer.OrderPace;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Outlook;
import io.ebbline.state.PackedReader.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What was foretold and what came is read back as it was written. */
class PaceCodecTest {

    private static final long DAY = 86_400_000;

    private static Outlook outlook(long since, Random random) {
        List<Double> hazards = DoubleStream.generate(random::nextDouble)
                .limit(Outlook.AGES)
                .boxed()
                .toList();
        return Outlook.of(since, random.nextInt(4), random.nextInt(200) * DAY, hazards);
    }

    private static Basket basket(int tick, Random random) {
        Outlook now = outlook(tick * DAY, random);
        Basket.Item tea = new Basket.Item("tea", null, 1);
        return new Basket(now.since(), true, 0, List.of(), List.of(tea), List.of(), List.of())
                .foretelling(random.nextInt(3) == 0 ? null : outlook((tick - random.nextInt(500)) * DAY, random), now);
    }

    private static Arrivals arrivals(int tick, Random random) {
        BasketCounts counts = new BasketCounts();
        for (int left = 1 + random.nextInt(9); left > 0; left--) {
            counts.add(basket(tick, random));
        }
        MarketDelta all = new MarketDelta();
        counts.drain(row -> {}, all::merge);
        return all.arrivals();
    }

    private static OrderPace pace(Random random) {
        OrderPace pace = new OrderPace();
        for (int tick = 20_000; tick < 20_040; tick += 1 + random.nextInt(5)) {
            pace.fold(tick, arrivals(tick, random));
        }
        return pace;
    }

    @Property(tries = 60)
    void outlooksAreReadBack(@ForAll Random random) {
        Basket basket = basket(20_000, random);
        PackedWriter out = new PackedWriter();
        BasketCodec.write(basket, out);
        assertThat(BasketCodec.read(new PackedReader(out.toBytes()))).isEqualTo(basket);
    }

    @Property(tries = 60)
    void whatIsKnownIsReadBackAndGoesOnAlike(@ForAll Random random) {
        OrderPace pace = pace(random);
        PackedWriter out = new PackedWriter();
        PaceCodec.write(pace, out);
        OrderPace again = new OrderPace();
        PackedReader in = new PackedReader(out.toBytes());
        PaceCodec.readInto(again, in);
        assertThat(in.remaining()).isZero();
        PackedWriter part = new PackedWriter();
        PaceCodec.write(arrivals(20_100, random), part);
        for (OrderPace one : List.of(pace, again)) {
            Arrivals arrivals = new Arrivals();
            PaceCodec.readInto(arrivals, new PackedReader(part.toBytes()));
            one.fold(20_100, arrivals);
        }
        PackedWriter now = new PackedWriter();
        PaceCodec.write(pace, now);
        PackedWriter then = new PackedWriter();
        PaceCodec.write(again, then);
        assertThat(then.toBytes()).isEqualTo(now.toBytes());
    }

    @Property(tries = 30)
    void aPartOfATickIsReadBack(@ForAll Random random) {
        Arrivals arrivals = arrivals(20_000, random);
        PackedWriter out = new PackedWriter();
        PaceCodec.write(arrivals, out);
        Arrivals again = new Arrivals();
        PaceCodec.readInto(again, new PackedReader(out.toBytes()));
        assertThat(again.came()).isEqualTo(arrivals.came());
        assertThat(again.today()).isEqualTo(arrivals.today());
        assertThat(again.waiting().keySet()).isEqualTo(arrivals.waiting().keySet());
        arrivals.waiting()
                .forEach((cohort, hazards) -> assertThat(again.waiting())
                        .hasEntrySatisfying(cohort, read -> assertThat(read).isEqualTo(hazards)));
    }

    @Example
    void bytesThatEndEarlyOrMakeNoSenseAreRefused() {
        PackedWriter out = new PackedWriter();
        PaceCodec.write(pace(new Random(1)), out);
        byte[] bytes = out.toBytes();
        for (int length = 0; length < bytes.length; length += 7) {
            PackedReader cut = new PackedReader(Arrays.copyOf(bytes, length));
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> PaceCodec.readInto(new OrderPace(), cut));
        }
        PackedReader two = new PackedReader(new PackedWriter()
                .writeUnsigned(2)
                .writeDouble(1)
                .writeDouble(1)
                .toBytes());
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PaceCodec.readPaces(two))
                .withMessage("There can't be 2 paces.");
        PackedReader habit = new PackedReader(new PackedWriter().writeByte(99).toBytes());
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> BasketCodec.readOutlook(habit))
                .withMessage("There is no habit number 98.");
    }
}
