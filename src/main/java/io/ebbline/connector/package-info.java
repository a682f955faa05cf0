/** Kafka sources and sinks, watermarks, history files and the feed. */
@NullMarked
package io.ebbline.connector;

import org.jspecify.annotations.NullMarked;
