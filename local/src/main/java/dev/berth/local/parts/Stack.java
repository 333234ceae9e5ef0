package dev.berth.local.parts;

import dev.berth.domain.nix.NixDaemon;
import dev.berth.local.Folders;
import dev.berth.local.Keys;
import dev.berth.local.LocalFailure;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.StackEnvironment;
import dev.berth.local.StateFolder;
import dev.berth.local.engine.EngineChoice;
import dev.berth.local.engine.FoundEngine;
import dev.berth.local.engine.HostFirewall;
import dev.berth.local.engine.OwnEngine;
import dev.berth.local.supervise.Narrator;
import dev.berth.local.supervise.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One stack: its addresses and its parts in the order in which they start; they stop in the reverse. */
public record Stack(Folders folders, PortTable ports, Keys keys, EngineChoice engine, Map<String, String> caller) {
    /** All names that {@code stop PART}, {@code start PART} and {@code logs PART} know, in the order of their start. */
    public static final List<String> NAMES = List.of(
            "postgres",
            "redis",
            "registry",
            "temporal",
            "firewall",
            "dockerd",
            "nix-daemon",
            "edge",
            "temporal-worker",
            "api");

    /**
     * Set by the tests' stack alone: the folder through which tests make Berth's processes wait at named points. It goes to the
     * processes, with the jar beside theirs that knows how to wait.
     */
    public static final String FAILPOINTS = "BERTH_FAILPOINTS";

    /** Chooses the engine, which asks for root or a running engine only when a part is started. */
    public static Stack of(Folders folders, Map<String, String> caller) {
        Keys keys = new StateFolder(folders).claim();
        return new Stack(folders, PortTable.from(caller), keys, EngineChoice.of(folders, caller), Map.copyOf(caller));
    }

    /** @throws LocalFailure where Nix cannot have its store in that folder */
    public NixDaemon nix() {
        Path root = Optional.ofNullable(caller.get("BERTH_NIX_ROOT"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> folders.cache().resolve("nix"));
        try {
            return new NixDaemon(root);
        } catch (IllegalArgumentException unfit) {
            throw new LocalFailure(unfit.getMessage() + ". Set BERTH_NIX_ROOT to one.", unfit);
        }
    }

    public Map<String, String> environment() {
        return StackEnvironment.of(
                folders,
                ports,
                keys,
                new StackEnvironment.Addresses(
                        engine.host().toString(),
                        nix(),
                        Edge.directory(folders).toString(),
                        Edge.container(keys.instance())),
                caller);
    }

    /**
     * A word that is the same as long as all settings are, in whatever process of this stack, and another one where any differs.
     * What else stands in the caller's environment does not count.
     */
    public String settings() {
        Map<String, String> all = new TreeMap<>(environment());
        ports.numbers().forEach((port, number) -> all.put(port.variable(), number.toString()));
        for (String name : new String[] {"APPS_MAY_REACH", "FIREWALL_FORBIDS", FAILPOINTS}) {
            all.put(name, caller.getOrDefault(name, "").strip());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public List<Part> parts(Narrator narrator) {
        Database database = new Database(folders, ports, keys);
        Map<String, String> environment = environment();
        HostFirewall firewall = new HostFirewall(engine, folders, caller, narrator);
        return List.of(
                new Postgres(folders, ports, keys, database),
                new Redis(folders, ports),
                new Registry(folders, ports),
                new TemporalServer(folders, ports, narrator),
                firewall,
                enginePart(firewall, narrator),
                new NixStore(folders, nix()),
                new Edge(folders, ports, keys.instance(), engine, narrator),
                process("temporal-worker", Port.WORKER_HEALTH, "/", environment),
                process("api", Port.API, "/api/health", environment));
    }

    private Part enginePart(HostFirewall firewall, Narrator narrator) {
        return engine.own()
                ? new OwnEngine(engine, folders, keys.instance(), caller, narrator, firewall)
                : new FoundEngine(engine, folders, keys.instance(), caller, narrator);
    }

    private Part process(String name, Port port, String healthPath, Map<String, String> environment) {
        List<String> needs = name.equals("api")
                ? List.of("postgres", "redis", "temporal")
                : List.of("postgres", "redis", "temporal", "registry", "dockerd", "nix-daemon", "edge");
        Optional<String> failpoints = Optional.ofNullable(caller.get(FAILPOINTS));
        Map<String, String> settings = new HashMap<>(environment);
        failpoints.ifPresent(folder -> settings.put(FAILPOINTS, folder));
        return new JavaProcess(
                name,
                needs,
                folders.log(name),
                folders.jars().resolve(name + ".jar"),
                failpoints.map(folder -> folders.jars().resolve("failpoints.jar")),
                settings,
                () -> !Answers.tcp(ports.of(port)),
                () -> Answers.http(ports.url(port) + healthPath));
    }
}
