package io.ebbline.wire;

import java.io.Serializable;
import java.util.Optional;

/** A Confluent-compatible schema registry. Schemas are JSON texts. */
public interface SchemaRegistry {

    /** Makes a client on the machine where it is used. */
    interface Factory extends Serializable {
        SchemaRegistry create();
    }

    /**
     * The id of a schema under a subject, registered if need be.
     *
     * @throws RegistryException when the registry does not answer or finds the schema incompatible
     */
    int register(String subject, String schema);

    /**
     * The id of a schema that is registered already.
     *
     * @throws RegistryException when it is not, or the registry does not answer
     */
    int idOf(String subject, String schema);

    /**
     * The schema of an id; empty when the registry does not know it.
     *
     * @throws RegistryException when the registry does not answer
     */
    Optional<String> schema(int id);
}
