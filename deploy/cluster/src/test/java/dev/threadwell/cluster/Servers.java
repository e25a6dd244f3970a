package dev.threadwell.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL, Kafka and a shared volume, which the chart takes as given. */
record Servers(Kubectl kubectl, Map<String, String> names) {

    static Servers of(String product, String apiKey) {
        String namespace = product + "-servers";
        var names = new HashMap<String, String>();
        names.put("SERVERS", namespace);
        names.put("PRODUCT", product);
        names.put("PASSWORD", "for-tests-only");
        names.put("API_KEY", apiKey);
        names.put("POSTGRES_IMAGE", Environment.postgresImage());
        names.put("KAFKA_IMAGE", Environment.kafkaImage());
        names.put("STORAGE_CLASS", Environment.storageClass().orElse(""));
        return new Servers(new Kubectl(Environment.kubectl(), namespace), Map.copyOf(names));
    }

    void start() {
        if (Environment.storageClass().isEmpty()) {
            kubectl.applies(manifests("node-volume.yaml"));
        }
        kubectl.applies(manifests("servers.yaml"));
        kubectl.awaitsRollout("postgres");
        kubectl.awaitsRollout("kafka");
        if (Environment.storageClass().isEmpty()) {
            kubectl.run("wait", "job/open-volume", "--for=condition=complete", "--timeout=120s")
                    .ok();
        }
    }

    /** Deletes both namespaces with all that is in them. */
    void end() {
        delete("namespace", names.get("PRODUCT"));
        delete("namespace", names.get("SERVERS"));
        delete("persistentvolume", names.get("PRODUCT") + "-blobs");
    }

    private void delete(String kind, String name) {
        kubectl.run("delete", kind, name, "--ignore-not-found", "--timeout=120s").ok();
    }

    private String manifests(String file) {
        try {
            String text = Files.readString(Environment.MODULE.resolve("servers").resolve(file));
            for (var name : names.entrySet()) {
                text = text.replace("${" + name.getKey() + "}", name.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
