package io.ebbline.config;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share from 0 to 1, written so ({@code 0.005}) or in percent ({@code 0.5%}). */
public final class ShareConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
        boolean percent = text.endsWith("%");
        try {
            BigDecimal number = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
            double share = (percent ? number.movePointLeft(2) : number).doubleValue();
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is no share: write 0.5% or 0.005, from 0 to 1.");
    }
}
