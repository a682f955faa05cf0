package io.ebbline.fit;

import io.ebbline.connector.feed.RealData;
import io.ebbline.profile.ShopClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The customers of CDNOW as buyers: one order a day, at midnight, UTC. */
final class CdnowBuyers {

    static final long DAY = 86_400_000;

    private CdnowBuyers() {}

    /** All 23,570, by the id of the file. */
    static Map<String, Buyer> master() throws IOException {
        return read("cdnow/cdnow_master.csv.gz", 0);
    }

    /** The 2,357 of the published sample, by their id there. */
    static Map<String, Buyer> sample() throws IOException {
        return read("cdnow/cdnow_sample.csv.gz", 1);
    }

    /** Midnight as a day begins; orders are there too. */
    static long day(String day) {
        return LocalDate.parse(day).toEpochDay() * DAY;
    }

    /** A buyer who orders at these instants, for 1.00 each. */
    static Buyer buyer(long... times) {
        long[] minor = new long[times.length];
        Arrays.fill(minor, 100);
        return buyer(times, minor);
    }

    /** What is known of those who had ordered by that day, with whole days. */
    static List<Buyer.Sample> known(Iterable<Buyer> buyers, String day) {
        long cut = day(day);
        List<Buyer.Sample> samples = new ArrayList<>();
        for (Buyer buyer : buyers) {
            if (buyer.firstOrder() <= cut) {
                samples.add(buyer.at(cut));
            }
        }
        return samples;
    }

    private static Map<String, Buyer> read(String name, int id) throws IOException {
        Map<String, TreeMap<Long, Long>> cents = new LinkedHashMap<>();
        List<String> lines = RealData.lines(RealData.file(name));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            long day = LocalDate.parse(cells[cells.length - 3], DateTimeFormatter.BASIC_ISO_DATE)
                    .toEpochDay();
            cents.computeIfAbsent(cells[id], key -> new TreeMap<>())
                    .merge(day * DAY, RealData.cents(new BigDecimal(cells[cells.length - 1])), Long::sum);
        }
        Map<String, Buyer> buyers = new LinkedHashMap<>();
        cents.forEach((key, days) -> buyers.put(
                key,
                buyer(
                        days.keySet().stream().mapToLong(Long::longValue).toArray(),
                        days.values().stream().mapToLong(Long::longValue).toArray())));
        return buyers;
    }

    private static Buyer buyer(long[] times, long[] minor) {
        boolean[] begins = new boolean[times.length];
        Arrays.fill(begins, true);
        ShopClock clock = new ShopClock(ZoneOffset.UTC);
        return new Buyer(times, minor, new double[times.length], begins, new long[0], new long[0], clock);
    }
}
