package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.AvroModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model in a file, as Avro's JSON. */
final class ModelFile {

    private ModelFile() {}

    /**
     * Reads a model.
     *
     * @param option the option that names the file
     * @throws ConfigException when the file can't be read or holds no model, naming option and file
     */
    static ScoringModel read(String option, Path file) {
        try {
            return AvroModels.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException(option + ": " + file + " can't be read: name a file that is there.");
        } catch (AvroModels.InvalidModelException e) {
            throw new ConfigException(option + ": " + file + " holds no model: " + e.getMessage());
        }
    }

    /**
     * Writes a model, and reads it again.
     *
     * @throws CommandException when the file can't be written
     */
    static void write(Path file, ScoringModel model) {
        try {
            Files.writeString(file, AvroModels.toJson(model));
        } catch (IOException e) {
            throw new CommandException(file + " can't be written (" + e.getMessage() + ").", e);
        }
        if (!read("--output", file).equals(model)) {
            throw new CommandException(file + " does not hold what was written: is the disk full?", null);
        }
    }
}
