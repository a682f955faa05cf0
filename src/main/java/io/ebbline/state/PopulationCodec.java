package io.ebbline.state;

import io.ebbline.model.CutPoints;
import io.ebbline.population.Cells;
import io.ebbline.population.Histogram;
import io.ebbline.population.Population;
import io.ebbline.population.Switches;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Stage;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stored form of what is counted. The first byte is the format's version. */
public final class PopulationCodec {

    /** Version 2 of a tally: moves, dwell times and histograms, by stages in their order; switches. Version 1 was never released. */
    public static final int TALLY_V2 = 2;

    /** Version 2 of a population: ticks told, cut points published, sizes, histograms, switches. Version 1 was never released. */
    public static final int POPULATION_V2 = 2;

    /**
     * A population, and what was told of it.
     *
     * @param firstOpen the first tick that was not told yet
     * @param published the latest cut points published; null: none
     */
    public record Told(
            Population population, long firstOpen, @Nullable CutPoints published) {}

    private PopulationCodec() {}

    // ---- tallies

    /** Writes a tally. */
    public static void write(TickTally tally, PackedWriter out) {
        Stage[] stages = Stage.values();
        out.writeByte(TALLY_V2).writeUnsigned(stages.length);
        for (Stage from : stages) {
            for (Stage to : stages) {
                out.writeSigned(tally.moved(from, to));
            }
        }
        for (Stage stage : stages) {
            write(tally.dwell(stage).cells(), out);
        }
        write(tally.frequency().cells(), out);
        write(tally.monetary().cells(), out);
        write(tally.lastOrderDays(), out);
        write(tally.switches(), out);
    }

    /**
     * Reads a tally.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static TickTally readTally(PackedReader in) {
        requireVersion("A tally", in.readByte(), TALLY_V2);
        int stages = readStages(in);
        long[] moves = new long[TickTally.STAGES * TickTally.STAGES];
        for (int from = 0; from < stages; from++) {
            for (int to = 0; to < stages; to++) {
                moves[from * TickTally.STAGES + to] = in.readSigned();
            }
        }
        Histogram[] dwell = new Histogram[TickTally.STAGES];
        Arrays.setAll(dwell, stage -> stage < stages ? new Histogram(readCells(in)) : new Histogram());
        return new TickTally(
                moves,
                dwell,
                new Histogram(readCells(in)),
                new Histogram(readCells(in)),
                readCells(in),
                readSwitches(in));
    }

    // ---- populations

    /** The bytes of a population. */
    public static byte[] write(Told told) {
        PackedWriter out = new PackedWriter();
        out.writeByte(POPULATION_V2).writeSigned(told.firstOpen);
        if (told.published == null) {
            out.writeSigned(0);
        } else {
            out.writeSigned(1).writeBytes(ModelCodec.write(told.published));
        }
        Stage[] stages = Stage.values();
        out.writeUnsigned(stages.length);
        for (Stage stage : stages) {
            out.writeSigned(told.population.size(stage));
        }
        write(told.population.frequency().cells(), out);
        write(told.population.monetary().cells(), out);
        write(told.population.lastOrderDays(), out);
        write(told.population.switches(), out);
        return out.toBytes();
    }

    /**
     * The population of those bytes.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static Told readPopulation(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        requireVersion("A population", in.readByte(), POPULATION_V2);
        long firstOpen = in.readSigned();
        CutPoints published = in.readPresent() ? readCuts(in) : null;
        int stages = readStages(in);
        long[] sizes = new long[TickTally.STAGES];
        for (int stage = 0; stage < stages; stage++) {
            sizes[stage] = in.readSigned();
        }
        Population population = new Population(
                sizes, new Histogram(readCells(in)), new Histogram(readCells(in)), readCells(in), readSwitches(in));
        return new Told(population, firstOpen, published);
    }

    private static CutPoints readCuts(PackedReader in) {
        if (ModelCodec.readVersion(in.readBytes()) instanceof CutPoints cuts) {
            return cuts;
        }
        throw new PackedReader.MalformedException("What was published is no cut points.");
    }

    // ---- parts

    private static void requireVersion(String what, int found, int known) {
        if (found != known) {
            throw new PackedReader.MalformedException(what + " is stored in format " + found
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
    }

    /** How many stages there were when it was written: stages are only ever added at the end. */
    private static int readStages(PackedReader in) {
        long stages = in.readUnsigned();
        if (stages < 1 || stages > TickTally.STAGES) {
            throw new PackedReader.MalformedException("There can't be " + stages + " stages.");
        }
        return (int) stages;
    }

    /** The days, the names, and by their numbers the ways: none and the others come first. */
    private static void write(Switches switches, PackedWriter out) {
        write(switches.days(), out);
        TreeMap<String, Integer> numbers = new TreeMap<>();
        int[] ways = new int[1];
        switches.forEach((from, to, count, minor) -> {
            numbers.put(from, 0);
            numbers.put(to, 0);
            ways[0]++;
        });
        out.writeUnsigned(numbers.size());
        numbers.forEach((name, unused) -> out.writeString(name));
        int next = 0;
        for (Map.Entry<String, Integer> name : numbers.entrySet()) {
            name.setValue(next++);
        }
        out.writeUnsigned(ways[0]);
        switches.forEach((from, to, count, minor) -> out.writeUnsigned(numbers.getOrDefault(from, 0))
                .writeUnsigned(numbers.getOrDefault(to, 0))
                .writeSigned(count)
                .writeSigned(minor));
    }

    private static Switches readSwitches(PackedReader in) {
        Switches switches = new Switches(readCells(in));
        String[] names = new String[in.readCount(1)];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readString();
        }
        for (int left = in.readCount(4); left > 0; left--) {
            switches.add(readName(names, in), readName(names, in), in.readSigned(), in.readSigned());
        }
        return switches;
    }

    private static String readName(String[] names, PackedReader in) {
        long number = in.readUnsigned();
        if (number < 0 || number >= names.length) {
            throw new PackedReader.MalformedException("There is no category number " + number + ".");
        }
        return names[(int) number];
    }

    private static void write(Cells cells, PackedWriter out) {
        out.writeUnsigned(cells.keys().length);
        cells.forEach(
                (key, count, sum) -> out.writeSigned(key).writeSigned(count).writeSigned(sum));
    }

    private static Cells readCells(PackedReader in) {
        Cells cells = new Cells();
        for (int left = in.readCount(3); left > 0; left--) {
            cells.add((int) in.readSigned(), in.readSigned(), in.readSigned());
        }
        return cells;
    }
}
