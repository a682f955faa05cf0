package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Tick;
import io.ebbline.offer.Leads;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.profile.Pace;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.StateNames;
import io.ebbline.testing.StoredBytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The stored form of what is known of the market where offers are made. */
class NewsBoardTest {

    private static final String STORED = "market-v1.hex";
    private static final List<String> STATES = List.of(StateNames.MARKET, StateNames.MARKET_NEWS);
    private static final int TICK = 18_262;

    private static OperatorStateStore states() throws Exception {
        return new DefaultOperatorStateBackendBuilder(
                        NewsBoardTest.class.getClassLoader(),
                        new ExecutionConfig(),
                        false,
                        List.of(),
                        new CloseableRegistry())
                .build();
    }

    private static BroadcastState<String, byte[]> state(OperatorStateStore states, String name) throws Exception {
        return states.getBroadcastState(
                new MapStateDescriptor<>(name, Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    /** Both states, entry by entry, by their keys. */
    private static byte[] bytes(OperatorStateStore states) throws Exception {
        PackedWriter out = new PackedWriter();
        for (String name : STATES) {
            Map<String, byte[]> entries = new TreeMap<>();
            state(states, name).immutableEntries().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            out.writeUnsigned(entries.size());
            entries.forEach((key, value) -> out.writeString(key).writeBytes(value));
        }
        return out.toBytes();
    }

    private static OperatorStateStore states(byte[] bytes) throws Exception {
        OperatorStateStore states = states();
        PackedReader in = new PackedReader(bytes);
        for (String name : STATES) {
            for (int left = in.readCount(2); left > 0; left--) {
                state(states, name).put(in.readString(), in.readBytes());
            }
        }
        return states;
    }

    private static OfferNews market(int tick) {
        return OfferNews.of(new MarketUpdate(
                tick,
                new MarketUpdate.Shop(tick, 100, 50, 200, 40, 80, 20, 90, List.of(), List.of(), List.of()),
                List.of(
                        new MarketUpdate.Item("cup", null, tick, 10, 5, 20, 1_800_000),
                        new MarketUpdate.Item("tea", "drinks", tick, 30, 20, 40, 1_400_000)),
                List.of(new MarketUpdate.Category("drinks", tick, 9, 8, new String[] {"drinks"}, new double[] {2})),
                List.of(new MarketUpdate.Feedback(
                        "spring", tick, 3, new double[Pace.values().length], new double[Pace.values().length]))));
    }

    private static OfferNews list(int tick) {
        return OfferNews.of(new ListUpdate(
                "tea",
                tick,
                9,
                1,
                9,
                new String[] {"cup"},
                new double[] {5},
                new String[] {"cup"},
                new double[] {6},
                Leads.NONE));
    }

    /** Of two ticks that are over and one that is not. */
    private static byte[] sample() throws Exception {
        OperatorStateStore states = states();
        NewsBoard board = new NewsBoard(states, Market.empty());
        board.add(market(TICK - 1));
        board.add(list(TICK));
        board.add(market(TICK));
        board.add(list(TICK + 1));
        board.turn(TICK - 1);
        board.store();
        board.turn(TICK);
        board.store();
        return bytes(states);
    }

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerate() throws Exception {
        StoredBytes.write(STORED, sample());
    }

    @Test
    void whatWasStoredIsWhatIsKnown() throws Exception {
        byte[] stored = StoredBytes.read(STORED);
        assertThat(sample()).isEqualTo(stored);
        NewsBoard board = new NewsBoard(states(stored), Market.empty());
        Market market = board.market();
        assertThat(market.tick()).isEqualTo(TICK);
        assertThat(market.size()).isEqualTo(2);
        int tea = market.index("tea");
        int cup = market.index("cup");
        assertThat(market.category(tea)).isEqualTo("drinks");
        assertThat(market.category(cup)).isNull();
        assertThat(market.priceMinor(tea)).isEqualTo(350); // 140.00 in 40 orders
        assertThat(market.priceMinor(cup)).isEqualTo(900);
        assertThat(market.orderShare(tea)).isEqualTo(.2);
        assertThat(market.accepted("spring")).isEqualTo(3);
        assertThat(market.later(tea).items()).containsExactly(cup);
        assertThat(market.later(cup).items()).isEmpty();
        assertThat(board.nextEnd()).isEqualTo(Tick.end(TICK + 1));
    }

    /** What is stored goes on as what was never stored does. */
    @Test
    void whatWaitsIsHeardOfWhenItsTickIsOver() throws Exception {
        NewsBoard board = new NewsBoard(states(StoredBytes.read(STORED)), Market.empty());
        board.turn(TICK + 1);
        assertThat(board.nextEnd()).isEqualTo(Long.MAX_VALUE);
        assertThat(board.market().later(board.market().index("tea")).items()).hasSize(1);
    }

    @Test
    void onlyWhatHasChangedIsWrittenAnew() throws IOException, Exception {
        OperatorStateStore states = states();
        NewsBoard board = new NewsBoard(states, Market.empty());
        board.add(market(TICK));
        board.turn(TICK);
        board.store();
        byte[] item = state(states, StateNames.MARKET).get("i:cup");
        board.add(list(TICK + 1));
        board.turn(TICK + 1);
        board.store();
        assertThat(state(states, StateNames.MARKET).get("i:cup")).isSameAs(item);
        assertThat(state(states, StateNames.MARKET).contains("l:tea")).isTrue();
        assertThat(state(states, StateNames.MARKET_NEWS).immutableEntries()).isEmpty();
    }

    @Test
    void whatIsGoneIsStoredNoMore() throws Exception {
        OperatorStateStore states = states();
        NewsBoard board = new NewsBoard(states, Market.empty());
        board.add(market(TICK));
        board.turn(TICK);
        board.store();
        assertThat(state(states, StateNames.MARKET).contains("c:drinks")).isTrue();
        assertThat(state(states, StateNames.MARKET).contains("f:spring")).isTrue();

        MarketUpdate.Category noDrinks =
                new MarketUpdate.Category("drinks", TICK + 1, 0, 0, new String[0], new double[0]);
        MarketUpdate.Feedback noSpring = new MarketUpdate.Feedback("spring", TICK + 1, 0, new double[0], new double[0]);
        board.add(OfferNews.of(new MarketUpdate(TICK + 1, null, List.of(), List.of(noDrinks), List.of(noSpring))));
        board.turn(TICK + 1);
        board.store();
        assertThat(state(states, StateNames.MARKET).contains("c:drinks")).isFalse();
        assertThat(state(states, StateNames.MARKET).contains("f:spring")).isFalse();
        assertThat(board.market().accepted("spring")).isZero();
        assertThat(board.market().acceptance("spring", Pace.ONCE)).isNull();
    }
}
