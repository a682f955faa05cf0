package io.ebbline.offer;

import io.ebbline.profile.Outlook;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What scoring knows of a customer when something happens.
 *
 * @param segment null: none
 * @param pAlive chance that the customer is still one; NaN when unknown
 * @param outlook when the next order is expected; null when unknown
 * @param clvMinor predicted lifetime value, minor units; NaN when unknown
 * @param channel on which the customer responds most; null when unknown
 * @param hour local hour in which the customer responds most, 0 to 23; -1 when unknown
 * @param modelRef the model in force
 * @param pace how the customer orders just now
 */
public record Context(
        Stage stage,
        @Nullable String segment,
        double pAlive,
        @Nullable Outlook outlook,
        double clvMinor,
        @Nullable String channel,
        int hour,
        String modelRef,
        Pace pace) {}
