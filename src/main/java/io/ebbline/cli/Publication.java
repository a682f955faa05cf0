package io.ebbline.cli;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.OfferNames;
import io.ebbline.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is about to be published, held against what is on the topic. */
final class Publication {

    /** Changes shown of one version. */
    private static final int SHOWN = 40;

    private final List<ModelVersion> known;
    private final Set<String> refs;

    /**
     * A publication.
     *
     * @param known versions on the topic, in the order in which they were published
     * @param refs names taken, those of refused records too
     */
    Publication(List<ModelVersion> known, Set<String> refs) {
        this.known = new ArrayList<>(known);
        this.refs = new HashSet<>(refs);
    }

    /**
     * Makes sure that a job could start on the topic: it takes one that holds anything to hold a model.
     *
     * @throws CommandException when no model is on it
     */
    void requireModel() {
        if (known.stream().noneMatch(ScoringModel.class::isInstance)) {
            throw new CommandException(
                    "The topic " + Topic.SCORING_MODELS.topicName()
                            + " holds no model yet: publish the shipped one with `ebbline setup` first.",
                    null);
        }
    }

    /** The next free version of a line. */
    int nextVersion(String modelId) {
        int newest = 0;
        for (String ref : refs) {
            String number = ref.startsWith(modelId + "/") ? ref.substring(modelId.length() + 1) : "";
            newest = Math.max(newest, number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0);
        }
        return newest + 1;
    }

    /**
     * Takes a version, and says what it changes, a line each.
     *
     * @throws CommandException when its name is taken, or it can't mean what it says
     */
    List<String> take(ModelVersion version) {
        if (refs.contains(version.ref())) {
            throw new CommandException(Setup.taken(version.ref()), null);
        }
        List<String> lines = new ArrayList<>();
        if (version instanceof OfferSet set) {
            checkSegments(set);
            lines.addAll(unknownProducts(set));
        }
        lines.addAll(0, changes(version));
        known.add(version);
        refs.add(version.ref());
        return lines;
    }

    /** When a version takes effect, as a person says it. */
    static String inForce(ModelVersion version) {
        if (version.backdated()) {
            return "backdated to " + Instant.ofEpochMilli(version.effectiveFrom());
        }
        return version.effectiveFrom() == 0
                ? "in force at once"
                : "in force from " + Instant.ofEpochMilli(version.effectiveFrom()) + ", or from now if that is past";
    }

    // ---- checks against other versions

    private void checkSegments(OfferSet set) {
        Set<String> names = new HashSet<>(ScoringModel.shipped().segments().names());
        boolean own = false;
        for (ModelVersion version : known) {
            if (version instanceof ScoringModel model) {
                names.addAll(model.segments().names());
                own = true;
            }
        }
        Set<String> unknown = OfferNames.unknownSegments(set, names);
        if (!unknown.isEmpty()) {
            throw new CommandException(
                    "Offers are for the segments " + unknown + ", which "
                            + (own ? "no model on the topic has" : "the shipped model does not have")
                            + ": name some of " + names.stream().sorted().toList() + ".",
                    null);
        }
    }

    private List<String> unknownProducts(OfferSet set) {
        Map<String, Product> products = products(known);
        List<String> lines = new ArrayList<>();
        for (Offer offer : set.offers()) {
            String sku = offer.sku();
            if (sku != null && !products.isEmpty() && !products.containsKey(sku)) {
                lines.add("Note: offer " + offer.offerId() + " is of " + sku + ", which no catalogue names.");
            }
        }
        return lines;
    }

    private static Map<String, Product> products(List<ModelVersion> versions) {
        Map<String, Product> products = new LinkedHashMap<>();
        for (ModelVersion version : versions) {
            if (version instanceof Catalogue catalogue) {
                catalogue.products().forEach(product -> products.put(product.sku(), product));
            }
        }
        return products;
    }

    // ---- what changes

    private List<String> changes(ModelVersion version) {
        List<String> table = table(version);
        if (table.size() <= SHOWN + 1) {
            return table;
        }
        List<String> lines = new ArrayList<>(table.subList(0, SHOWN + 1));
        lines.add("  ... and " + (table.size() - SHOWN - 1) + " more changes.");
        return lines;
    }

    private List<String> table(ModelVersion version) {
        if (version instanceof Catalogue catalogue) {
            return ModelDiff.table("the catalogue so far", soFar(catalogue), version);
        }
        ModelVersion before = null;
        for (ModelVersion other : known) {
            boolean sameLine = other.modelId().equals(version.modelId()) || version instanceof OfferPolicy;
            before = other.getClass() == version.getClass() && sameLine ? other : before;
        }
        if (before != null) {
            return ModelDiff.table(before, version);
        }
        return version instanceof OfferPolicy
                ? ModelDiff.table(OfferPolicy.shipped(), version)
                : ModelDiff.table("nothing", nothing(version), version);
    }

    /** What has been said of the products that a catalogue names: what it does not name, stays. */
    private Catalogue soFar(Catalogue catalogue) {
        Map<String, Product> products = products(known);
        products.keySet()
                .retainAll(catalogue.products().stream().map(Product::sku).collect(Collectors.toSet()));
        return new Catalogue(catalogue.modelId(), 1, 0, false, List.copyOf(products.values()), "");
    }

    private static ModelVersion nothing(ModelVersion version) {
        return version instanceof ExchangeRates rates
                ? new ExchangeRates(rates.modelId(), 1, 0, false, rates.currency(), List.of(), "")
                : new OfferSet(version.modelId(), 1, 0, false, List.of(), "");
    }
}
