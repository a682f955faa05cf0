package io.ebbline.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One version of what turns a profile into answers.
 *
 * @param modelId the line of versions it belongs to
 * @param version 1, 2, 3 ...
 * @param effectiveFrom milliseconds since the epoch; see {@link ModelTimeline}
 * @param backdated takes effect at {@code effectiveFrom} though its record is newer, if it was read before the first event
 * @param recency ages in milliseconds; R = 5 less the cuts exceeded
 * @param frequency order counts; F = 1 plus the cuts exceeded
 * @param monetary minor units; M = 1 plus the cuts exceeded
 * @param ranking weights that rank what a customer may buy next
 * @param lookBackMillis how far back R, F and M look: as of t they are of the orders begun in (t - this, t]; 0: all history
 * @param note where the numbers come from
 * @param provenance what it was fitted to; null when it was not
 * @throws IllegalArgumentException when the id is blank or holds a slash or a plus, the version is not positive, or the
 *     look-back is neither 0 nor from 1 to 400 days
 */
public record ScoringModel(
        String modelId,
        int version,
        long effectiveFrom,
        boolean backdated,
        Cuts recency,
        Cuts frequency,
        Cuts monetary,
        SegmentGrid segments,
        StageRules stages,
        BuyingModel buying,
        ChurnRules churn,
        DecayRules decay,
        ValueModel value,
        MatrixRules matrix,
        RankingModel ranking,
        long lookBackMillis,
        String note,
        @Nullable Provenance provenance)
        implements ModelVersion {

    private static final long SHORTEST_LOOK_BACK = days(1);

    /** Orders are known singly for 400 days. */
    private static final long LONGEST_LOOK_BACK = days(400);

    public ScoringModel {
        ModelVersion.check(modelId, version);
        if (lookBackMillis != 0 && (lookBackMillis < SHORTEST_LOOK_BACK || lookBackMillis > LONGEST_LOOK_BACK)) {
            throw new IllegalArgumentException("lookBackMillis is " + lookBackMillis
                    + ": choose 0 for all history, or from 1 day (86400000) to 400 days (34560000000).");
        }
    }

    /** A version that was not fitted. */
    public ScoringModel(
            String modelId,
            int version,
            long effectiveFrom,
            boolean backdated,
            Cuts recency,
            Cuts frequency,
            Cuts monetary,
            SegmentGrid segments,
            StageRules stages,
            BuyingModel buying,
            ChurnRules churn,
            DecayRules decay,
            ValueModel value,
            MatrixRules matrix,
            RankingModel ranking,
            long lookBackMillis,
            String note) {
        this(
                modelId,
                version,
                effectiveFrom,
                backdated,
                recency,
                frequency,
                monetary,
                segments,
                stages,
                buying,
                churn,
                decay,
                value,
                matrix,
                ranking,
                lookBackMillis,
                note,
                null);
    }

    /**
     * The model that Ebbline ships, version 1 of "default", in force from the beginning of time. Thresholds in the
     * currency's minor unit: R at 30, 60, 90 and 180 days; F above 1, 2, 4 and 9 orders; M above 50, 200, 500 and 2,000
     * major units (of two decimals); MATURE at three orders; DEPARTED after 180 days.
     */
    public static ScoringModel shipped() {
        return new ScoringModel(
                "default",
                1,
                0,
                true,
                new Cuts(days(30), days(60), days(90), days(180)),
                new Cuts(1, 2, 4, 9),
                new Cuts(5_000, 20_000, 50_000, 200_000),
                SegmentGrid.shipped(),
                new StageRules(3, days(180)),
                BuyingModel.shipped(),
                ChurnRules.shipped(),
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "shipped with Ebbline: fixed thresholds");
    }

    /** This version with other cut points. */
    public ScoringModel withCuts(Cuts newRecency, Cuts newFrequency, Cuts newMonetary) {
        return new ScoringModel(
                modelId,
                version,
                effectiveFrom,
                backdated,
                newRecency,
                newFrequency,
                newMonetary,
                segments,
                stages,
                buying,
                churn,
                decay,
                value,
                matrix,
                ranking,
                lookBackMillis,
                note);
    }

    /** This version with another model of buying and other rules of decline. */
    public ScoringModel withBuying(BuyingModel newBuying, ChurnRules newChurn) {
        return with(newBuying, newChurn, value, matrix, ranking, lookBackMillis, null);
    }

    /** This version with another model of value, and other lines of the value matrices. */
    public ScoringModel withValue(ValueModel newValue, MatrixRules newMatrix) {
        return with(buying, churn, newValue, newMatrix, ranking, lookBackMillis, null);
    }

    /** This version with other weights of ranking. */
    public ScoringModel withRanking(RankingModel newRanking) {
        return with(buying, churn, value, matrix, newRanking, lookBackMillis, null);
    }

    /** This version with another look-back window, milliseconds; 0: all history. */
    public ScoringModel withLookBack(long newLookBackMillis) {
        return with(buying, churn, value, matrix, ranking, newLookBackMillis, null);
    }

    /** This version with where it comes from. */
    public ScoringModel withProvenance(Provenance newProvenance) {
        return with(buying, churn, value, matrix, ranking, lookBackMillis, newProvenance);
    }

    private ScoringModel with(
            BuyingModel newBuying,
            ChurnRules newChurn,
            ValueModel newValue,
            MatrixRules newMatrix,
            RankingModel newRanking,
            long newLookBackMillis,
            @Nullable Provenance newProvenance) {
        return new ScoringModel(
                modelId,
                version,
                effectiveFrom,
                backdated,
                recency,
                frequency,
                monetary,
                segments,
                stages,
                newBuying,
                newChurn,
                decay,
                newValue,
                newMatrix,
                newRanking,
                newLookBackMillis,
                note,
                newProvenance);
    }

    /** This content as another version, which was not fitted unless that is said anew. */
    public ScoringModel published(
            String newId, int newVersion, long newEffectiveFrom, boolean newBackdated, String newNote) {
        return new ScoringModel(
                newId,
                newVersion,
                newEffectiveFrom,
                newBackdated,
                recency,
                frequency,
                monetary,
                segments,
                stages,
                buying,
                churn,
                decay,
                value,
                matrix,
                ranking,
                lookBackMillis,
                newNote);
    }

    private static long days(int days) {
        return Duration.ofDays(days).toMillis();
    }
}
