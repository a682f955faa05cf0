package io.ebbline.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Calendar months, as in {@code 1mo}. */
final class MonthsConverter implements ITypeConverter<Integer> {
    private static final Pattern MONTHS = Pattern.compile("([1-9]\\d{0,2})mo");

    @Override
    public Integer convert(String text) {
        Matcher months = MONTHS.matcher(text.strip());
        if (!months.matches()) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no number of months: write 1mo, or 3mo for every quarter.");
        }
        return Integer.valueOf(months.group(1));
    }
}
