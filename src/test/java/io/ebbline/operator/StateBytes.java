package io.ebbline.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.StreamStateHandle;

/** All that is in a checkpoint of an operator, as it is stored. */
final class StateBytes {

    private StateBytes() {}

    /** Whether a text is in it, in UTF-8. */
    static boolean hold(OperatorSubtaskState state, String text) throws IOException {
        String needle = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (StateObject part : parts(state)) {
            if (!(part instanceof StreamStateHandle handle)) {
                throw new IllegalArgumentException("Where are the bytes of " + part + "?");
            }
            try (InputStream in = handle.openInputStream()) {
                if (new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(needle)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<StateObject> parts(OperatorSubtaskState state) {
        List<StateObject> parts = new ArrayList<>();
        parts.addAll(state.getManagedOperatorState());
        parts.addAll(state.getRawOperatorState());
        parts.addAll(state.getManagedKeyedState());
        parts.addAll(state.getRawKeyedState());
        return parts;
    }
}
