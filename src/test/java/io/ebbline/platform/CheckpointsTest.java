package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path dir;

    @Test
    void theNewestCompletedOneIsFoundWhateverItsNumber() throws Exception {
        completed("checkpoints/a/chk-9", 1);
        Path newest = completed("checkpoints/b/chk-2", 3);
        completed("savepoints/savepoint-1", 2);
        Files.createDirectories(dir.resolve("checkpoints/b/chk-3"));
        assertThat(Checkpoints.newest(dir)).contains(newest);
    }

    @Test
    void aSavepointCountsToo() throws Exception {
        completed("a/chk-1", 1);
        Path newest = completed("savepoint-a-1", 2);
        assertThat(Checkpoints.newest(dir)).contains(newest);
    }

    @Test
    void noDirectoryAndNoCheckpointAreNothing() {
        assertThat(Checkpoints.newest(dir)).isEmpty();
        assertThat(Checkpoints.newest(dir.resolve("none"))).isEmpty();
    }

    private Path completed(String name, long second) throws IOException {
        Path checkpoint = Files.createDirectories(dir.resolve(name));
        Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "x");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(second * 1000));
        return checkpoint;
    }
}
