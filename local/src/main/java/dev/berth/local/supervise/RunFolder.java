package dev.berth.local.supervise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The folder through which launcher, supervisor and commands talk: a record per part, a file per held part, the supervisor's
 * own identity, and a request to hand over. Files only, so it works with and without a supervisor; each is replaced in one
 * step, so no reader sees half of one.
 */
public final class RunFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    public RunFolder(Path folder) {
        this.folder = folder;
    }

    public RunRecord record(String part) {
        return read(folder.resolve(part + ".json"))
                .map(node -> new RunRecord(
                        part,
                        PartState.valueOf(node.path("state").asText("STOPPED").toUpperCase(Locale.ROOT)),
                        identity(node),
                        node.path("fingerprint").asText(""),
                        node.path("restarts").asInt(),
                        node.path("detail").asText("")))
                .orElseGet(() -> RunRecord.none(part));
    }

    public void write(RunRecord record) {
        ObjectNode node = JSON.createObjectNode()
                .put("state", record.state().name())
                .put("fingerprint", record.fingerprint())
                .put("restarts", record.restarts())
                .put("detail", record.detail());
        record.identity().ifPresent(identity -> put(node, identity));
        replace(folder.resolve(record.part() + ".json"), node);
    }

    public boolean held(String part) {
        return Files.exists(folder.resolve(part + ".held"));
    }

    public void hold(String part) {
        replace(folder.resolve(part + ".held"), JSON.createObjectNode());
    }

    /** @return whether it was held */
    public boolean free(String part) {
        return delete(folder.resolve(part + ".held"));
    }

    /** The supervisor that runs now. */
    public Optional<ProcessIdentity> supervisor() {
        return read(folder.resolve("supervisor.json"))
                .flatMap(RunFolder::identity)
                .filter(ProcessIdentity::alive);
    }

    /** The jars' folder that the running supervisor was started with. */
    public Optional<String> supervisorJars() {
        return word("jars");
    }

    /** What all settings of the running supervisor come to. */
    public Optional<String> supervisorSettings() {
        return word("settings");
    }

    private Optional<String> word(String field) {
        return read(folder.resolve("supervisor.json"))
                .map(node -> node.path(field).asText(""));
    }

    /**
     * @param jars the folder of the build
     * @param settings changes with any of them
     */
    public void announce(ProcessIdentity supervisor, String jars, String settings) {
        ObjectNode node = JSON.createObjectNode().put("jars", jars).put("settings", settings);
        put(node, supervisor);
        replace(folder.resolve("supervisor.json"), node);
    }

    public void withdraw() {
        delete(folder.resolve("supervisor.json"));
        delete(folder.resolve("handover"));
    }

    /** Asks the running supervisor to leave and let its parts run. */
    public void askForHandover() {
        replace(folder.resolve("handover"), JSON.createObjectNode());
    }

    public boolean handoverAsked() {
        return Files.exists(folder.resolve("handover"));
    }

    public Path lock() {
        return folder.resolve("supervisor.lock");
    }

    private static void put(ObjectNode node, ProcessIdentity identity) {
        node.put("pid", identity.pid()).put("startTicks", identity.startTicks()).put("boot", identity.boot());
    }

    private static Optional<ProcessIdentity> identity(JsonNode node) {
        return node.path("pid").asLong() < 1
                ? Optional.empty()
                : Optional.of(new ProcessIdentity(
                        node.path("pid").asLong(),
                        node.path("startTicks").asLong(),
                        node.path("boot").asText()));
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file))).filter(JsonNode::isObject);
        } catch (IOException absentOrBroken) {
            return Optional.empty();
        }
    }

    private void replace(Path file, ObjectNode node) {
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, ".", ".new");
            try {
                Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException e) {
            // Without the draft's name, which is another one each time.
            throw new UncheckedIOException(file + " cannot be written: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e.getClass().getSimpleName();
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
