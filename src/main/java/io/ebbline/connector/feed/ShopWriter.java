package io.ebbline.connector.feed;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.Unmerge;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a feed as JSON lines that {@link HistoryFormat#SHOP} reads: one record a line, in order of arrival.
 *
 * <p>{@code topic}, {@code customer}, {@code kind} (purchase, return, touchpoint, erasure, merge, unmerge or raw), then what the kind has. Times are
 * milliseconds since the epoch: {@code time} the event's, {@code recordTime} and {@code arrival} where they are others.
 * Quantities and prices are decimals, {@code total} is in minor units, {@code raw} is Base64. What is null is left out.
 */
public final class ShopWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final JsonGenerator json;

    /**
     * Opens a file, overwriting what is there. A name that ends in {@code .gz} is written compressed.
     *
     * @throws FeedException when it can't be written
     */
    public ShopWriter(Path file) {
        this.file = file;
        try {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
            String name = String.valueOf(file.getFileName());
            json = JSON.createGenerator(
                    name.endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw failed(e);
        }
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    /**
     * Writes one record.
     *
     * @throws FeedException when it can't be written
     */
    public void write(FeedRecord record) {
        try {
            json.writeStartObject();
            json.writeStringField("topic", record.topic().topicName());
            text("customer", record.customer());
            Event event = record.event();
            if (event == null) {
                json.writeStringField("kind", "raw");
                json.writeNumberField("time", record.recordTime());
                json.writeBinaryField("raw", raw(record));
            } else {
                event(event);
                if (event.time() != record.recordTime()) {
                    json.writeNumberField("recordTime", record.recordTime());
                }
            }
            if (record.arrival() != record.recordTime()) {
                json.writeNumberField("arrival", record.arrival());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static byte[] raw(FeedRecord record) {
        byte[] raw = record.raw();
        if (raw == null) {
            throw new IllegalArgumentException("A record of the feed has neither an event nor bytes: " + record);
        }
        return raw;
    }

    /** Ends the file. */
    @Override
    public void close() {
        try {
            json.writeRaw('\n');
            json.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void event(Event event) throws IOException {
        if (event instanceof Purchase purchase) {
            begin("purchase", event);
            json.writeStringField("order", purchase.orderId());
            json.writeStringField("currency", purchase.currency());
            text("channel", purchase.channel());
            decimal("discount", purchase.discount());
            lines(purchase.lines());
            json.writeNumberField("total", purchase.totalMinor());
        } else if (event instanceof Return back) {
            begin("return", event);
            text("order", back.orderId());
            json.writeBooleanField("whole", back.whole());
            json.writeStringField("currency", back.currency());
            lines(back.lines());
            json.writeNumberField("total", back.totalMinor());
        } else if (event instanceof Touchpoint touchpoint) {
            begin("touchpoint", event);
            json.writeStringField("type", touchpoint.type().name());
            text("channel", touchpoint.channel());
            text("sku", touchpoint.sku());
            text("category", touchpoint.category());
            text("campaign", touchpoint.campaign());
            text("offer", touchpoint.offerId());
            Double value = touchpoint.value();
            if (value != null) {
                json.writeNumberField("value", value);
            }
        } else if (event instanceof Merge merge) {
            begin("merge", event);
            text("into", merge.into());
        } else if (event instanceof Unmerge unmerge) {
            begin("unmerge", event);
            text("into", unmerge.into());
        } else if (event instanceof Erasure) {
            begin("erasure", event);
        }
    }

    private void begin(String kind, Event event) throws IOException {
        json.writeStringField("kind", kind);
        json.writeStringField("id", event.id());
        json.writeNumberField("time", event.time());
    }

    private void lines(List<Line> lines) throws IOException {
        json.writeArrayFieldStart("lines");
        for (Line line : lines) {
            json.writeStartObject();
            json.writeStringField("sku", line.sku());
            text("category", line.category());
            decimal("quantity", line.quantity());
            decimal("price", line.unitPrice());
            decimal("cost", line.unitCost());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** Ten-thousandths as a decimal, with no more places than it needs but two where it needs any. */
    private void decimal(String name, @Nullable Long value) throws IOException {
        if (value == null) {
            return;
        }
        if (value % 10_000 == 0) {
            json.writeNumberField(name, value / 10_000);
        } else {
            boolean cents = value % 100 == 0;
            json.writeNumberField(name, BigDecimal.valueOf(cents ? value / 100 : value, cents ? 2 : Line.SCALE));
        }
    }

    private FeedException failed(IOException cause) {
        return new FeedException("The file " + file + " can't be written (" + cause + ").", cause);
    }
}
