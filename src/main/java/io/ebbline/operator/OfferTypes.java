package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Exposure;
import io.ebbline.state.AffinityCodec;
import io.ebbline.state.BasketCodec;
import io.ebbline.state.ExposureCodec;
import io.ebbline.state.FactCodec;
import io.ebbline.state.MarketCodec;
import io.ebbline.state.OfferStatsCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How what becomes offers is written on the way between operators. None of it is in a savepoint. */
public final class OfferTypes {

    /** What affinities are counted from. */
    public static final TypeInformation<Effect> COUNTED =
            new EdgeType<>(Effect.class, OfferTypes::writeCounted, OfferTypes::readCounted);

    /** What happens to customers, and lists that were asked for. */
    public static final TypeInformation<ForCustomer> FOR_CUSTOMER =
            new EdgeType<>(ForCustomer.class, OfferTypes::writeForCustomer, OfferTypes::readForCustomer);

    /** Partial counts of products, and who asks for their lists. */
    public static final TypeInformation<ForProduct> FOR_PRODUCT =
            new EdgeType<>(ForProduct.class, OfferTypes::writeForProduct, OfferTypes::readForProduct);

    /** Partial counts of the market. */
    public static final TypeInformation<TickedMarket> MARKET =
            new EdgeType<>(TickedMarket.class, OfferTypes::writeMarket, OfferTypes::readMarket);

    /** What a tick changed, and versions. */
    public static final TypeInformation<OfferNews> NEWS =
            new EdgeType<>(OfferNews.class, OfferTypes::writeNews, OfferTypes::readNews);

    /** Partial counts of offers. */
    public static final TypeInformation<TickedOffers> TICKED_OFFERS =
            new EdgeType<>(TickedOffers.class, OfferTypes::writeOffers, OfferTypes::readOffers);

    private static final int IS_BASKET = 0;
    private static final int IS_RESPONSE = 1;
    private static final Exposure.Step[] STEPS = Exposure.Step.values();

    private static final int IS_FACT = 0;
    private static final int IS_REPLY = 1;

    private static final int IS_COUNT = 0;
    private static final int IS_ASK = 1;

    private static final int IS_MARKET = 0;
    private static final int IS_LIST = 1;
    private static final int IS_MODEL = 2;

    private OfferTypes() {}

    private static void writeCounted(Effect effect, PackedWriter out) {
        if (effect instanceof Effect.Bought bought) {
            BasketCodec.write(bought.basket(), out.writeByte(IS_BASKET));
        } else if (effect instanceof Effect.Responded responded) {
            out.writeByte(IS_RESPONSE)
                    .writeInstant(responded.asOf())
                    .writeByte(responded.step().ordinal());
            ExposureCodec.write(responded.exposure(), out);
        } else {
            throw new IllegalArgumentException(
                    "Affinities count no " + effect.getClass().getSimpleName() + ".");
        }
    }

    private static Effect readCounted(PackedReader in) {
        if (in.readByte() == IS_BASKET) {
            Basket basket = BasketCodec.read(in);
            return new Effect.Bought(basket.asOf(), basket);
        }
        return new Effect.Responded(in.readInstant(), STEPS[in.readByte()], ExposureCodec.read(in));
    }

    private static void writeForCustomer(ForCustomer value, PackedWriter out) {
        if (value instanceof CustomerFact fact) {
            out.writeByte(IS_FACT).writeString(fact.customer()).writeInstant(fact.due());
            FactCodec.write(fact.fact(), out);
        } else if (value instanceof ListReply reply) {
            out.writeByte(IS_REPLY).writeString(reply.customer()).writeInstant(reply.due());
            AffinityCodec.write(reply.lists(), out);
        }
    }

    private static ForCustomer readForCustomer(PackedReader in) {
        int kind = in.readByte();
        String customer = in.readString();
        long due = in.readInstant();
        return kind == IS_FACT
                ? new CustomerFact(customer, FactCodec.read(in), due)
                : new ListReply(customer, due, AffinityCodec.readList(in));
    }

    private static void writeForProduct(ForProduct value, PackedWriter out) {
        if (value instanceof TickedRow row) {
            AffinityCodec.write(row.counts(), out.writeByte(IS_COUNT).writeSigned(row.tick()));
        } else if (value instanceof ListAsk ask) {
            out.writeByte(IS_ASK)
                    .writeString(ask.sku())
                    .writeString(ask.customer())
                    .writeInstant(ask.due());
        }
    }

    private static ForProduct readForProduct(PackedReader in) {
        if (in.readByte() == IS_COUNT) {
            return new TickedRow((int) in.readSigned(), AffinityCodec.readDelta(in));
        }
        return new ListAsk(in.readString(), in.readString(), in.readInstant());
    }

    private static void writeMarket(TickedMarket market, PackedWriter out) {
        MarketCodec.write(market.counts(), out.writeSigned(market.tick()));
    }

    private static TickedMarket readMarket(PackedReader in) {
        return new TickedMarket((int) in.readSigned(), MarketCodec.readDelta(in));
    }

    private static void writeOffers(TickedOffers offers, PackedWriter out) {
        OfferStatsCodec.write(offers.tally(), out.writeSigned(offers.tick()));
    }

    private static TickedOffers readOffers(PackedReader in) {
        return new TickedOffers((int) in.readSigned(), OfferStatsCodec.readTally(in));
    }

    /** Writes news; so too where they are stored. */
    static void writeNews(OfferNews news, PackedWriter out) {
        MarketUpdate market = news.market();
        ListUpdate list = news.list();
        ControlUpdate model = news.model();
        if (market != null) {
            MarketCodec.write(market, out.writeByte(IS_MARKET));
        } else if (list != null) {
            AffinityCodec.write(list, out.writeByte(IS_LIST));
        } else if (model != null) {
            StreamTypes.writeControl(model, out.writeByte(IS_MODEL));
        }
    }

    /** Reads news. */
    static OfferNews readNews(PackedReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case IS_MARKET -> OfferNews.of(MarketCodec.readUpdate(in));
            case IS_LIST -> OfferNews.of(AffinityCodec.readList(in));
            case IS_MODEL -> OfferNews.of(StreamTypes.readControl(in));
            default -> throw new PackedReader.MalformedException("News are of kind " + kind + ".");
        };
    }
}
