package io.ebbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two JSON values as one text: a line of the first alone begins with a minus, one of the second alone with a plus. */
final class JsonDiff {
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private JsonDiff() {}

    /**
     * The lines of both.
     *
     * @param first null when there is none
     * @param second null when there is none
     */
    static List<String> lines(@Nullable JsonNode first, @Nullable JsonNode second) {
        JsonDiff diff = new JsonDiff();
        diff.compare("", "", first, second);
        return diff.lines;
    }

    private void compare(String indent, String name, @Nullable JsonNode first, @Nullable JsonNode second) {
        if (first != null && first.equals(second)) {
            lines.add("  " + indent + name + first);
        } else if (first != null && second != null && first.isObject() && second.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            lines.add("  " + indent + name + "{");
            names.forEach(field -> compare(indent + INDENT, field + ": ", first.get(field), second.get(field)));
            lines.add("  " + indent + "}");
        } else if (first != null && second != null && first.isArray() && second.isArray()) {
            lines.add("  " + indent + name + "[");
            for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
                compare(indent + INDENT, "", first.get(i), second.get(i));
            }
            lines.add("  " + indent + "]");
        } else {
            if (first != null) {
                lines.add("- " + indent + name + first);
            }
            if (second != null) {
                lines.add("+ " + indent + name + second);
            }
        }
    }
}
