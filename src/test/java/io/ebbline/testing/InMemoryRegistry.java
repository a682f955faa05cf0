package io.ebbline.testing;

import io.ebbline.wire.RegistryException;
import io.ebbline.wire.SchemaRegistry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A schema registry in memory, which counts what it is asked and can be out of reach. Ids count from 1. */
public final class InMemoryRegistry implements SchemaRegistry {

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Map<Integer, String> schemas = new LinkedHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean reachable = true;

    @Override
    public synchronized int register(String subject, String schema) {
        answer();
        return ids.computeIfAbsent(subject + '\n' + schema, s -> {
            int id = schemas.size() + 1;
            schemas.put(id, schema);
            return id;
        });
    }

    @Override
    public synchronized int idOf(String subject, String schema) {
        answer();
        Integer id = ids.get(subject + '\n' + schema);
        if (id == null) {
            throw new RegistryException("There is no such schema under " + subject + ".", new IOException("40403"));
        }
        return id;
    }

    @Override
    public synchronized Optional<String> schema(int id) {
        answer();
        asked.incrementAndGet();
        return Optional.ofNullable(schemas.get(id));
    }

    /** Puts a schema under an id of one's choice. */
    public synchronized void put(int id, String schema) {
        schemas.put(id, schema);
    }

    /** Subjects that schemas were registered under, in that order. */
    public synchronized List<String> subjects() {
        return ids.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('\n')))
                .toList();
    }

    /** How often a schema was asked for by its id. */
    public int asked() {
        return asked.get();
    }

    /** From now on it answers, or does not. */
    public void reachable(boolean answers) {
        reachable = answers;
    }

    private void answer() {
        if (!reachable) {
            throw new RegistryException("The schema registry can't be reached.", new IOException("refused"));
        }
    }
}
