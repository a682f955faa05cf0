package io.ebbline.connector.archive;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an archive has of one partition, without a gap.
 *
 * @param begin the first offset that it accounts for
 * @param files in order, each beginning where the one before ends
 */
public record Stretch(long begin, List<ArchiveFile> files) implements Serializable {

    public Stretch {
        // Flink ships it to other processes: no list of a private class.
        files = new ArrayList<>(files);
    }

    /** The offset that follows. */
    public long end() {
        return files.isEmpty() ? begin : files.get(files.size() - 1).end();
    }
}
