/**
 * The ground a scoring job stands on when there is no cluster at hand: a Kafka broker, a schema registry and a Flink
 * session, all on one directory and all on the loopback interface.
 */
@NullMarked
package io.ebbline.platform;

import org.jspecify.annotations.NullMarked;
