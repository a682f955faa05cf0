package io.ebbline.model;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A version on the control topic: of a model, of cut points that lie over one, or of what is offered, how, and in which money. */
public sealed interface ModelVersion permits ScoringModel, CutPoints, Catalogue, OfferSet, OfferPolicy, ExchangeRates {

    /** The line of versions it belongs to. */
    String modelId();

    /** Its number within the line. */
    int version();

    /** Milliseconds since the epoch; see {@link ModelTimeline}. */
    long effectiveFrom();

    /** Whether it takes effect at {@link #effectiveFrom} though its record is newer. */
    boolean backdated();

    /** The name that answers carry: modelId/version. */
    default String ref() {
        return modelId() + "/" + version();
    }

    /**
     * Checks what every version must fulfil.
     *
     * @throws IllegalArgumentException when the id is blank or holds a slash or a plus, or the version is not positive
     */
    static void check(String modelId, int version) {
        if (modelId.isBlank() || modelId.indexOf('/') >= 0 || modelId.indexOf('+') >= 0) {
            throw new IllegalArgumentException(
                    "modelId is \"" + modelId + "\": it must have a name without a slash or a plus.");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version is " + version + ": versions count from 1.");
        }
    }

    /**
     * Checks that no name comes twice in a version.
     *
     * @param field what holds the names
     * @throws IllegalArgumentException when one does
     */
    static void checkUnique(String field, Stream<String> names) {
        Set<String> known = new HashSet<>();
        names.forEach(name -> {
            if (!known.add(name)) {
                throw new IllegalArgumentException(
                        field + " \"" + name + "\" comes twice: each may be named once in a version.");
            }
        });
    }
}
