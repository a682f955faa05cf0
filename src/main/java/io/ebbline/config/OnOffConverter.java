package io.ebbline.config;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code on} or {@code off}, in any case. */
public final class OnOffConverter implements ITypeConverter<Boolean> {

    @Override
    public Boolean convert(String text) {
        if (isOn(text) || "off".equalsIgnoreCase(text)) {
            return isOn(text);
        }
        throw new TypeConversionException("'" + text + "' is neither on nor off.");
    }

    static boolean isOn(String text) {
        return "on".equalsIgnoreCase(text);
    }
}
