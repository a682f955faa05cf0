package io.ebbline.score;

import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** Decayed responses as of the instant, with the three strongest types of them. Drifts as time passes. */
public final class EngagementLevel implements Score {

    private static final int REASONS = 3;
    private static final TouchpointType[] TYPES = TouchpointType.values();

    @Override
    public String name() {
        return "engagement";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Engagement engagement = profile.engagement();
        List<Reason> reasons = new ArrayList<>(REASONS);
        long left = Engagement.RESPONSES;
        int strongest = engagement.types().greatest(left);
        while (strongest >= 0 && reasons.size() < REASONS) {
            TouchpointType type = TYPES[strongest];
            reasons.add(new Reason(ReasonCode.ENGAGEMENT, engagement.level(type, asOf), Double.NaN, type.name()));
            left &= ~(1L << strongest);
            strongest = engagement.types().greatest(left);
        }
        return reasons.isEmpty()
                ? ScoreValue.noContact(name())
                : new ScoreValue(name(), engagement.total(asOf), List.copyOf(reasons));
    }
}
