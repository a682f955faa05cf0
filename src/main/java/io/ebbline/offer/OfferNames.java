package io.ebbline.offer;

import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.profile.Stage;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Names in offers and policies that must be those of Ebbline: of stages and of kinds of offers. A misspelt one would never fit. */
public final class OfferNames {

    private static final List<String> STAGES = Arrays.stream(Stage.values())
            .filter(s -> s != Stage.UNKNOWN)
            .map(Enum::name)
            .toList();
    private static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Enum::name).toList();

    private OfferNames() {}

    /**
     * Checks the names of a version; other kinds than offers and policies have none.
     *
     * @throws IllegalArgumentException when one is not known, naming those that are
     */
    public static void check(ModelVersion version) {
        if (version instanceof OfferSet set) {
            for (Offer offer : set.offers()) {
                for (String stage : offer.eligibility().stages()) {
                    require(stage, STAGES, "Offer " + offer.offerId() + " is for stage");
                }
            }
        } else if (version instanceof OfferPolicy policy) {
            policy.weights().forEach(weight -> {
                require(weight.of(), STAGES, "A weight is of stage");
                require(weight.kind(), KINDS, "A weight is of kind");
            });
            policy.levers().forEach(lever -> require(lever.kind(), KINDS, "A lever is of kind"));
        }
    }

    /**
     * The segments that offers are for and no model has, each once.
     *
     * @param known names of segments
     */
    public static Set<String> unknownSegments(OfferSet set, Collection<String> known) {
        Set<String> unknown = new TreeSet<>();
        set.offers().forEach(offer -> unknown.addAll(offer.eligibility().segments()));
        unknown.removeAll(Set.copyOf(known));
        return unknown;
    }

    private static void require(@Nullable String name, List<String> known, String what) {
        if (name != null && !known.contains(name)) {
            throw new IllegalArgumentException(
                    what + " \"" + name + "\", which there is not: name one of " + String.join(", ", known) + ".");
        }
    }
}
