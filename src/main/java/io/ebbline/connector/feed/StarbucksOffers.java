package io.ebbline.connector.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.model.Offer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The offers of the Starbucks rewards app, {@code portfolio.json} beside the transcript, one JSON object a line: an offer stands
 * for its duration in days, and its reward is what the shop gives away.
 */
final class StarbucksOffers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private StarbucksOffers() {}

    /**
     * Reads them.
     *
     * @param input the transcript, or the directory that holds it
     * @return none when there is no such file
     */
    static List<Offer> read(Path input) {
        Path directory =
                Files.isDirectory(input) ? input : input.toAbsolutePath().getParent();
        for (String name : List.of("portfolio.json", "portfolio.json.gz")) {
            if (directory != null && Files.exists(directory.resolve(name))) {
                return offers(directory.resolve(name));
            }
        }
        return List.of();
    }

    private static List<Offer> offers(Path file) {
        List<Offer> offers = new ArrayList<>();
        long line = 0;
        try (BufferedReader reader = InputFile.open(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    offers.add(offer(JSON.readTree(text)));
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new FeedException(
                    file + ", line " + line + ": this is no offer (" + e.getMessage()
                            + "). Correct the line or drop it.",
                    e);
        } catch (IOException e) {
            throw InputFile.unreadable(file, line, e);
        }
        return offers;
    }

    private static Offer offer(JsonNode row) {
        List<String> channels = new ArrayList<>();
        row.path("channels").forEach(channel -> channels.add(channel.asText()));
        return new Offer(
                row.path("id").asText(),
                null,
                null,
                Math.round(row.path("reward").asDouble() * 100),
                channels,
                Starbucks.START.toEpochMilli(),
                Long.MAX_VALUE,
                Math.round(row.path("duration").asDouble() * DAY),
                null,
                Offer.Eligibility.EVERYBODY,
                1);
    }
}
