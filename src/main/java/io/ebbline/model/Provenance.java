package io.ebbline.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model was fitted to. Instants are milliseconds since the epoch.
 *
 * @param dataFrom beginning of the first day of the history
 * @param dataTo end of the last day that the fit knew of
 * @param events orders and returns until then
 * @param customers customers with a kept order
 * @param orders their kept orders
 * @param parts what was fitted, and what was not and why
 * @param fittedAt when
 * @param tool what fitted it, with its version
 */
public record Provenance(
        long dataFrom,
        long dataTo,
        long events,
        long customers,
        long orders,
        List<Part> parts,
        long fittedAt,
        String tool) {

    /**
     * A part of a model.
     *
     * @param name of the part, as the model has it
     * @param fitted whether it is the history's own; otherwise it was taken over from the model before
     * @param logLikelihood of what it was fitted to; null when there is none
     * @param customers how many it was fitted to
     * @param note how it was come by, or why it could not be fitted
     */
    public record Part(
            String name, boolean fitted, @Nullable Double logLikelihood, long customers, String note) {}

    public Provenance {
        parts = List.copyOf(parts);
    }
}
