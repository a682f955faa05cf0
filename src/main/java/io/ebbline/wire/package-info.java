/** Between the bytes on Kafka and the domain: Avro in Confluent's wire format, the schema registry, rejection. */
@NullMarked
package io.ebbline.wire;

import org.jspecify.annotations.NullMarked;
