package io.ebbline.state;

import io.ebbline.profile.Dealings;
import io.ebbline.profile.Sentiment;

/** The stored form of a customer's dealings and sentiment, as parts of {@link CustomerCodec}, whose version they go by. */
final class DealingsCodec {

    private DealingsCodec() {}

    static void write(Dealings dealings, PackedWriter out) {
        out.writeInstant(dealings.lastReward()).writeInstant(dealings.lastCampaign());
        if (SumsCodec.write(dealings.decay(), out)) {
            SumsCodec.write(dealings.categories(), out);
            SumsCodec.write(dealings.channels(), out);
            SumsCodec.write(dealings.sums(), out);
            out.writeByte(dealings.informed() ? 1 : 0);
        }
    }

    /** Reads into dealings that are empty. */
    static void read(Dealings dealings, PackedReader in) {
        long lastReward = in.readInstant();
        long lastCampaign = in.readInstant();
        boolean informed = false;
        if (SumsCodec.read(dealings.decay(), in)) {
            SumsCodec.read(dealings.categories(), in);
            SumsCodec.read(dealings.channels(), in);
            SumsCodec.read(dealings.sums(), Dealings.SUMS, in);
            informed = in.readByte() != 0;
        }
        dealings.restore(informed, lastReward, lastCampaign);
    }

    static void write(Sentiment sentiment, PackedWriter out) {
        if (SumsCodec.write(sentiment.decay(), out)) {
            SumsCodec.write(sentiment.sums(), out);
        }
    }

    /** Reads into a sentiment that is empty. */
    static void read(Sentiment sentiment, PackedReader in) {
        if (SumsCodec.read(sentiment.decay(), in)) {
            SumsCodec.read(sentiment.sums(), Sentiment.VOICES, in);
        }
    }
}
