package io.ebbline.operator;

import io.ebbline.event.Tick;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.StateNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The market as a subtask knows it, and news of it that wait: news of a tick may come before the watermark has passed its end,
 * and until then nobody is to know of them.
 *
 * <p>Both are broadcast state, an entry for each product, list, category, offer and piece of news. They are written when a
 * checkpoint asks for them, and only what has changed.
 */
final class NewsBoard {

    private final BroadcastState<String, byte[]> known;
    private final BroadcastState<String, byte[]> coming;
    private final Market market;
    private final TreeMap<Integer, List<OfferNews>> pending = new TreeMap<>();

    /** What has changed since the last checkpoint, by its key in the state. */
    private final Map<String, OfferNews> changed = new HashMap<>();

    /** The products of which something has changed since then, as they are: most change at every tick, few checkpoints ask. */
    private final Map<String, MarketUpdate.Item> changedItems = new HashMap<>();

    /** Keys of what is known no more since then. */
    private final Set<String> dropped = new HashSet<>();

    /** A board with what the state holds. */
    NewsBoard(OperatorStateStore states, Market market) throws Exception {
        this.market = market;
        known = states.getBroadcastState(descriptor(StateNames.MARKET));
        coming = states.getBroadcastState(descriptor(StateNames.MARKET_NEWS));
        restore();
        for (Map.Entry<String, byte[]> entry : coming.immutableEntries()) {
            add(OfferTypes.readNews(new PackedReader(entry.getValue())));
        }
    }

    /** What is known, as of the last tick that was turned to. */
    Market market() {
        return market;
    }

    /** Takes news; nobody knows of them yet. */
    void add(OfferNews news) {
        pending.computeIfAbsent(news.tick(), tick -> new ArrayList<>()).add(news);
    }

    /** When the first tick ended of which news wait; {@code Long.MAX_VALUE}: none wait. */
    long nextEnd() {
        return pending.isEmpty() ? Long.MAX_VALUE : Tick.end(pending.firstKey());
    }

    /** Takes over the news of that tick. */
    void turn(int tick) {
        List<OfferNews> news = pending.remove(tick);
        if (news == null) {
            return;
        }
        for (OfferNews one : news) {
            MarketUpdate update = one.market();
            ListUpdate list = one.list();
            if (update != null) {
                market.apply(update);
                note(update);
            }
            if (list != null) {
                market.apply(list);
                changed.put("l:" + list.sku(), one);
            }
        }
    }

    /** Each part under its own key, so that a later one takes its place. */
    private void note(MarketUpdate update) {
        int tick = update.tick();
        changed.put("t", OfferNews.of(new MarketUpdate(tick, null, List.of(), List.of(), List.of())));
        if (update.shop() != null) {
            changed.put("s", OfferNews.of(new MarketUpdate(tick, update.shop(), List.of(), List.of(), List.of())));
        }
        for (MarketUpdate.Item item : update.items()) {
            changedItems.put(item.sku(), item);
        }
        for (MarketUpdate.Category category : update.categories()) {
            note(
                    "c:" + category.name(),
                    category.isGone(),
                    new MarketUpdate(tick, null, List.of(), List.of(category), List.of()));
        }
        for (MarketUpdate.Feedback feedback : update.feedback()) {
            note(
                    "f:" + feedback.offerId(),
                    feedback.isGone(),
                    new MarketUpdate(tick, null, List.of(), List.of(), List.of(feedback)));
        }
    }

    private void note(String key, boolean gone, MarketUpdate update) {
        if (gone) {
            changed.remove(key);
            dropped.add(key);
        } else {
            dropped.remove(key);
            changed.put(key, OfferNews.of(update));
        }
    }

    /** Brings the state up to date. */
    void store() throws Exception {
        for (String key : dropped) {
            known.remove(key);
        }
        dropped.clear();
        PackedWriter out = new PackedWriter();
        for (Map.Entry<String, OfferNews> entry : changed.entrySet()) {
            OfferTypes.writeNews(entry.getValue(), out.reset());
            known.put(entry.getKey(), out.toBytes());
        }
        changed.clear();
        for (MarketUpdate.Item item : changedItems.values()) {
            MarketUpdate update = new MarketUpdate(item.tick(), null, List.of(item), List.of(), List.of());
            OfferTypes.writeNews(OfferNews.of(update), out.reset());
            known.put("i:" + item.sku(), out.toBytes());
        }
        changedItems.clear();
        coming.clear();
        int number = 0;
        for (List<OfferNews> news : pending.values()) {
            for (OfferNews one : news) {
                OfferTypes.writeNews(one, out.reset());
                coming.put(Integer.toString(number++), out.toBytes());
            }
        }
    }

    /** All at once, then the lists. */
    private void restore() throws Exception {
        int tick = Integer.MIN_VALUE;
        MarketUpdate.Shop shop = null;
        List<MarketUpdate.Item> items = new ArrayList<>();
        List<MarketUpdate.Category> categories = new ArrayList<>();
        List<MarketUpdate.Feedback> feedback = new ArrayList<>();
        List<ListUpdate> lists = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : known.immutableEntries()) {
            OfferNews news = OfferTypes.readNews(new PackedReader(entry.getValue()));
            MarketUpdate update = news.market();
            ListUpdate list = news.list();
            if (update != null) {
                tick = Math.max(tick, update.tick());
                shop = update.shop() == null ? shop : update.shop();
                items.addAll(update.items());
                categories.addAll(update.categories());
                feedback.addAll(update.feedback());
            }
            if (list != null) {
                lists.add(list);
            }
        }
        if (tick != Integer.MIN_VALUE) {
            market.apply(new MarketUpdate(tick, shop, items, categories, feedback));
        }
        lists.forEach(market::apply);
    }

    private static MapStateDescriptor<String, byte[]> descriptor(String name) {
        return new MapStateDescriptor<>(name, Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }
}
