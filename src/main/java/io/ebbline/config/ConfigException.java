package io.ebbline.config;

import java.util.List;

/** What is wrong with the options: every problem at once, each with its fix. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One problem. */
    public ConfigException(String problem) {
        this(List.of(problem));
    }

    /** @param problems one sentence each, naming the option, what is wrong and how to put it right */
    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
