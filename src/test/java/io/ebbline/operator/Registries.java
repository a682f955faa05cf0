package io.ebbline.operator;

import io.ebbline.wire.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry in memory that every operator of the tests shares. */
final class Registries {

    static final SchemaRegistry SHARED = new SchemaRegistry() {
        private final List<String> schemas = new CopyOnWriteArrayList<>();

        @Override
        public synchronized int register(String subject, String schema) {
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            return schemas.indexOf(schema) + 1;
        }

        @Override
        public int idOf(String subject, String schema) {
            return register(subject, schema);
        }

        @Override
        public Optional<String> schema(int id) {
            return id < 1 || id > schemas.size() ? Optional.empty() : Optional.of(schemas.get(id - 1));
        }
    };

    private Registries() {}
}
