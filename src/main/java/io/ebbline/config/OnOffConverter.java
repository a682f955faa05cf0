package io.ebbline.config;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code on} or {@code off}, in any case. */
final class OnOffConverter implements ITypeConverter<OnOffConverter.Switch> {

    /** No boolean: Picocli takes the default of one for a flag's, and turns it around. */
    enum Switch {
        ON,
        OFF;

        boolean isOn() {
            return this == ON;
        }
    }

    @Override
    public Switch convert(String text) {
        if (isOn(text)) {
            return Switch.ON;
        }
        if ("off".equalsIgnoreCase(text)) {
            return Switch.OFF;
        }
        throw new TypeConversionException("'" + text + "' is neither on nor off.");
    }

    static boolean isOn(String text) {
        return "on".equalsIgnoreCase(text);
    }
}
