package io.ebbline.offer;

import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferPolicy.Cap;
import io.ebbline.model.OfferPolicy.Weight;
import java.util.List;

/** A policy in few words: without caps, cool-downs, quiet hours, holdout group and draws, unless asked for. */
final class PolicyBuilder {

    static final long DAY = 86_400_000;

    private int version = 1;
    private int listLength = 3;
    private long life = 14 * DAY;
    private List<Cap> caps = List.of();
    private long offerCoolDown;
    private long categoryCoolDown;
    private long rejection;
    private long returned;
    private int quietFrom;
    private int quietTo;
    private boolean consentRequired;
    private double holdout;
    private String salt = "salt";
    private long from;
    private boolean thompson;
    private double marginShare = .5;
    private List<Weight> weights = List.of();
    private List<Weight> levers = List.of();

    PolicyBuilder version(int number) {
        version = number;
        return this;
    }

    PolicyBuilder list(int length) {
        listLength = length;
        return this;
    }

    PolicyBuilder life(long millis) {
        life = millis;
        return this;
    }

    PolicyBuilder caps(Cap... some) {
        caps = List.of(some);
        return this;
    }

    PolicyBuilder coolDowns(long offer, long category) {
        offerCoolDown = offer;
        categoryCoolDown = category;
        return this;
    }

    PolicyBuilder rejection(long millis) {
        rejection = millis;
        return this;
    }

    PolicyBuilder returned(long millis) {
        returned = millis;
        return this;
    }

    PolicyBuilder quiet(int from, int to) {
        quietFrom = from;
        quietTo = to;
        return this;
    }

    PolicyBuilder consentRequired(boolean required) {
        consentRequired = required;
        return this;
    }

    PolicyBuilder holdout(double share) {
        holdout = share;
        return this;
    }

    PolicyBuilder salt(String name) {
        salt = name;
        return this;
    }

    PolicyBuilder from(long instant) {
        from = instant;
        return this;
    }

    PolicyBuilder thompson(boolean draws) {
        thompson = draws;
        return this;
    }

    PolicyBuilder weights(Weight... some) {
        weights = List.of(some);
        return this;
    }

    PolicyBuilder levers(Weight... some) {
        levers = List.of(some);
        return this;
    }

    OfferPolicy build() {
        return new OfferPolicy(
                "policy",
                version,
                from,
                true,
                listLength,
                life,
                caps,
                offerCoolDown,
                categoryCoolDown,
                rejection,
                returned,
                quietFrom,
                quietTo,
                consentRequired,
                holdout,
                salt,
                thompson,
                1,
                9,
                marginShare,
                weights,
                levers,
                "test");
    }
}
