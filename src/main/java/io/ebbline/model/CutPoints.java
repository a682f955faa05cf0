package io.ebbline.model;

/**
 * One version of cut points that take the place of those of the model in force.
 *
 * @param modelId the line of versions it belongs to
 * @param version 1, 2, 3 ... with or without gaps
 * @param effectiveFrom milliseconds since the epoch; see {@link ModelTimeline}
 * @param recency ages in milliseconds; R = 5 less the cuts exceeded
 * @param frequency order counts; F = 1 plus the cuts exceeded
 * @param monetary minor units; M = 1 plus the cuts exceeded
 * @param customers how many they were drawn from
 * @param note where the numbers come from
 * @throws IllegalArgumentException when the id is blank or holds a slash or a plus, or the version is not positive
 */
public record CutPoints(
        String modelId,
        int version,
        long effectiveFrom,
        Cuts recency,
        Cuts frequency,
        Cuts monetary,
        long customers,
        String note)
        implements ModelVersion {

    public CutPoints {
        ModelVersion.check(modelId, version);
    }

    /** Never: cut points are published ahead of the instant they take effect. */
    @Override
    public boolean backdated() {
        return false;
    }
}
