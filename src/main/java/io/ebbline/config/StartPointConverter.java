package io.ebbline.config;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option's value as {@link StartPoint#parse} does. */
public final class StartPointConverter implements ITypeConverter<StartPoint> {

    @Override
    public StartPoint convert(String text) {
        try {
            return StartPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
