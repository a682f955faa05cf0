package io.ebbline.wire;

/** A Kafka record header. */
public record Header(String name, byte[] value) {}
