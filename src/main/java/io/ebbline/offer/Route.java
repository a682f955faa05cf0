package io.ebbline.offer;

import io.ebbline.model.OfferPolicy;
import io.ebbline.offer.OfferEffect.Passed.Ground;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By which channel a customer may be contacted. */
final class Route {

    private final ContactLedger contacts;
    private final Consents consents;
    private final OfferPolicy policy;
    private final long sendFrom;
    private final long asOf;
    private final @Nullable String channel;
    private final @Nullable Ground closed;

    /**
     * The best there is: of the channel on which the customer responds most and those to which the customer has said yes by name,
     * the first that consent and caps allow. Where no channel is known, it is left open.
     *
     * @param sendFrom when the contact is to be
     */
    Route(Situation now, long sendFrom) {
        this.contacts = now.book().contacts();
        this.consents = now.book().consents();
        this.policy = now.policy();
        this.sendFrom = sendFrom;
        this.asOf = now.asOf();
        List<@Nullable String> known = new ArrayList<>();
        String best = now.context().channel();
        if (best != null) {
            known.add(best);
        }
        known.addAll(consents.named());
        if (known.isEmpty()) {
            known.add(null);
        }
        String found = null;
        Ground ground = Ground.NO_CONSENT;
        for (String one : known) {
            if (consents.allows(one, policy.consentRequired())) {
                ground = Ground.CAPPED;
                if (contacts.allows(policy.caps(), one, sendFrom, asOf)) {
                    found = one;
                    ground = null;
                    break;
                }
            }
        }
        channel = found;
        closed = ground;
    }

    /** Why there is none; null: there is one. */
    @Nullable
    Ground closed() {
        return closed;
    }

    /** The channel; null: it is left open. */
    @Nullable
    String channel() {
        return channel;
    }

    /** The first of these channels, by which an offer may be made, that consent and caps allow; null: none. */
    @Nullable
    String firstOf(List<String> channels) {
        for (String one : channels) {
            if (consents.allows(one, policy.consentRequired()) && contacts.allows(policy.caps(), one, sendFrom, asOf)) {
                return one;
            }
        }
        return null;
    }
}
