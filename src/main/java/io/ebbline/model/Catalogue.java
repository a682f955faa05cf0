package io.ebbline.model;

import java.util.List;

/**
 * Products, one version of a line. It adds or replaces those that it names; what it does not name stays as the versions before
 * it said. A large catalogue comes in several versions.
 *
 * @param modelId the line of versions it belongs to
 * @param version 1, 2, 3 ...
 * @param effectiveFrom milliseconds since the epoch; see {@link ModelTimeline}
 * @param backdated takes effect at {@code effectiveFrom} though its record is newer, if it was read before the first event
 * @param note where it comes from
 */
public record Catalogue(
        String modelId, int version, long effectiveFrom, boolean backdated, List<Product> products, String note)
        implements ModelVersion {

    public Catalogue {
        ModelVersion.check(modelId, version);
        products = List.copyOf(products);
        ModelVersion.checkUnique("sku", products.stream().map(Product::sku));
    }
}
