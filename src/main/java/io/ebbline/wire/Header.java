package io.ebbline.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Kafka record header. */
public record Header(String name, byte[] value) {

    static Header of(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** What every output record carries: which run wrote it, and whether that run repeats history. */
    static List<Header> ofRun(String runId, boolean replay) {
        return List.of(of(HeaderNames.RUN_ID, runId), of(HeaderNames.REPLAY, Boolean.toString(replay)));
    }
}
