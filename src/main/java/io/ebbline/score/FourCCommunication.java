package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Profile;
import java.util.List;

/**
 * Communication of the 4C: the hour of the day, 0 to 23 in the shop's time zone, and the channel by which the customer responds
 * most. The channel may be unknown where the hour is not.
 */
public final class FourCCommunication implements Score {

    @Override
    public String name() {
        return "four-c-communication";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Engagement.Hour hour = profile.engagement().bestHour();
        if (hour == null) {
            return ScoreValue.noContact(name());
        }
        Engagement.Channel channel = profile.engagement().bestChannel();
        Reason when = BestHour.reason(hour);
        return channel == null
                ? new ScoreValue(name(), hour.hour(), List.of(when))
                : new ScoreValue(name(), hour.hour(), channel.name(), List.of(BestChannel.reason(channel), when));
    }
}
