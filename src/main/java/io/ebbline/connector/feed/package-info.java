/** Where events come from in a demo and in a replay: history files, the simulated shop, and the feeder that writes both to Kafka. */
@NullMarked
package io.ebbline.connector.feed;

import org.jspecify.annotations.NullMarked;
