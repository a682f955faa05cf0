package io.ebbline.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every known version of what is offered, how, and of what: offers, contact policy, catalogue. At an instant t there are in
 * force
 *
 * <ul>
 *   <li>the policy that took effect last at or before t; before the first one, the shipped one;
 *   <li>the offers of the last version of every line that took effect at or before t; one that two lines name is taken from the
 *       line whose version took effect last;
 *   <li>of every product what the last catalogue that names it and took effect at or before t says.
 * </ul>
 *
 * Of two that took effect at one instant the higher version counts as the last, then the greater id. What it answers depends on
 * the set of versions alone, not on the order in which they were added. Not safe for use by several threads.
 */
public final class OfferTimeline {

    /** What is in force from an instant on. It answers until the next version is added. */
    public final class Entry {
        private final long effectiveAt;
        private final OfferPolicy policy;
        private final TreeMap<String, Offer> offers = new TreeMap<>();
        private final List<Offer> offerList;
        private final boolean catalogued;
        private final String ref;
        private @Nullable List<Product> bundles;

        private Entry(long effectiveAt) {
            this.effectiveAt = effectiveAt;
            OfferPolicy own = policies.newest(effectiveAt);
            policy = own == null ? SHIPPED : own;
            List<String> names = new ArrayList<>(List.of(policy.ref()));
            for (OfferSet set : offerSets.newestOfLines(effectiveAt)) {
                set.offers().forEach(offer -> offers.put(offer.offerId(), offer));
            }
            offerList = List.copyOf(offers.values());
            names.addAll(sortedRefs(offerSets, effectiveAt));
            List<String> catalogueNames = sortedRefs(catalogues, effectiveAt);
            catalogued = !catalogueNames.isEmpty();
            names.addAll(catalogueNames);
            ref = String.join(ModelTimeline.OVER, names);
        }

        /** From when on, milliseconds since the epoch; {@code Long.MIN_VALUE} before the first version. */
        public long effectiveAt() {
            return effectiveAt;
        }

        /** How customers may be contacted. */
        public OfferPolicy policy() {
            return policy;
        }

        /** What is offered, by ascending offer id; not all of it is valid, see {@link Offer#validFrom}. */
        public List<Offer> offers() {
            return offerList;
        }

        /** The offer of that id; null: there is none. */
        public @Nullable Offer offer(String offerId) {
            return offers.get(offerId);
        }

        /** Whether the shop says anything of its products; without it, what is seen in purchases has to do. */
        public boolean hasCatalogue() {
            return catalogued;
        }

        /** What the shop says of a product; null: nothing. */
        public @Nullable Product product(String sku) {
            TreeMap<Said, Product> said = catalogued ? products.get(sku) : null;
            Map.Entry<Said, Product> last = said == null ? null : said.floorEntry(Said.lastAt(effectiveAt));
            return last == null ? null : last.getValue();
        }

        /** The products that are bundles, by ascending sku. */
        public List<Product> bundles() {
            if (bundles == null) {
                List<Product> found = new ArrayList<>();
                for (String sku : everBundles) {
                    Product product = product(sku);
                    if (product != null && !product.bundleOf().isEmpty()) {
                        found.add(product);
                    }
                }
                bundles = List.copyOf(found);
            }
            return bundles;
        }

        /**
         * The names of the versions in force, joined by a plus: the policy, the sets of offers, then of every line of catalogues
         * the last, each in the order of their ids.
         */
        public String ref() {
            return ref;
        }
    }

    /** When a catalogue said something of a product. */
    private record Said(long effectiveAt, int version, String modelId) implements Comparable<Said> {

        private static final Comparator<Said> ORDER = Comparator.comparingLong(Said::effectiveAt)
                .thenComparingInt(Said::version)
                .thenComparing(Said::modelId);

        static Said lastAt(long time) {
            return new Said(time, Integer.MAX_VALUE, "\uffff");
        }

        @Override
        public int compareTo(Said other) {
            return ORDER.compare(this, other);
        }
    }

    private static final OfferPolicy SHIPPED = OfferPolicy.shipped();

    private final Versions<OfferPolicy> policies = new Versions<>();
    private final Versions<OfferSet> offerSets = new Versions<>();
    private final Versions<Catalogue> catalogues = new Versions<>();
    private final Map<String, TreeMap<Said, Product>> products = new HashMap<>();
    private final Set<String> everBundles = new TreeSet<>();

    /** What is in force from each instant on; null: to be found out. */
    private final TreeMap<Long, @Nullable Entry> inForce = new TreeMap<>();

    /** What was in force when it was last asked, and from when until when: nearly always it is asked for the same again. */
    private @Nullable Entry latest;

    private long latestUntil;

    /** A timeline without any version. */
    OfferTimeline() {
        inForce.put(Long.MIN_VALUE, null);
    }

    /** Adds a version that is not known yet. */
    void add(ModelVersion version, long effectiveAt) {
        if (version instanceof OfferPolicy policy) {
            policies.add(policy, effectiveAt);
        } else if (version instanceof OfferSet set) {
            offerSets.add(set, effectiveAt);
        } else if (version instanceof Catalogue catalogue) {
            catalogues.add(catalogue, effectiveAt);
            Said said = new Said(effectiveAt, catalogue.version(), catalogue.modelId());
            for (Product product : catalogue.products()) {
                products.computeIfAbsent(product.sku(), sku -> new TreeMap<>()).put(said, product);
                if (!product.bundleOf().isEmpty()) {
                    everBundles.add(product.sku());
                }
            }
        }
        inForce.put(effectiveAt, null);
        inForce.replaceAll((instant, known) -> null);
        latest = null;
    }

    /**
     * What is in force at an instant.
     *
     * @param time milliseconds since the epoch
     */
    public Entry at(long time) {
        Entry known = latest;
        if (known == null || time < known.effectiveAt || time >= latestUntil) {
            known = find(time);
            Long next = inForce.higherKey(time);
            latestUntil = next == null ? Long.MAX_VALUE : next;
            latest = known;
        }
        return known;
    }

    private Entry find(long time) {
        Map.Entry<Long, @Nullable Entry> from = inForce.floorEntry(time);
        Entry entry = from.getValue();
        if (entry == null) {
            entry = new Entry(from.getKey());
            inForce.put(from.getKey(), entry);
        }
        return entry;
    }

    /**
     * How long an offer stands.
     *
     * @param offerId that of the shop's offer, or of a product
     * @param time when it is made or shown, milliseconds since the epoch
     */
    public long lifeMillis(String offerId, long time) {
        Entry entry = at(time);
        Offer offer = entry.offer(offerId);
        return offer == null ? entry.policy().lifeMillis() : offer.lifeMillis();
    }

    private static <V extends ModelVersion> List<String> sortedRefs(Versions<V> versions, long time) {
        return versions.newestOfLines(time).stream()
                .sorted(Comparator.comparing(ModelVersion::modelId))
                .map(ModelVersion::ref)
                .toList();
    }
}
