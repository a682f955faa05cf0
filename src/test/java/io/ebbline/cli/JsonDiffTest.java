package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonDiffTest {

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void whatDiffersIsMarked() throws JsonProcessingException {
        JsonNode first = json("{\"id\": 1, \"a\": {\"x\": [1, 2], \"y\": null}, \"only\": true}");
        JsonNode second = json("{\"id\": 1, \"a\": {\"x\": [1, 3, 4], \"y\": null}, \"new\": \"n\"}");
        assertThat(JsonDiff.lines(first, second))
                .containsExactly(
                        "  {",
                        "    id: 1",
                        "    a: {",
                        "      x: [",
                        "        1",
                        "-       2",
                        "+       3",
                        "+       4",
                        "      ]",
                        "      y: null",
                        "    }",
                        "-   only: true",
                        "+   new: \"n\"",
                        "  }");
    }

    @Test
    void oneThatIsMissingIsShownWhole() throws JsonProcessingException {
        assertThat(JsonDiff.lines(json("{\"a\": [1]}"), null)).containsExactly("- {\"a\":[1]}");
        assertThat(JsonDiff.lines(null, json("2"))).containsExactly("+ 2");
    }
}
