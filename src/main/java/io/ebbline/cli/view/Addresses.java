package io.ebbline.cli.view;

/** Where the running parts can be reached. */
public record Addresses(String broker, String registry, String web) {}
