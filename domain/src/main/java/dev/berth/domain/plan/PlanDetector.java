package dev.berth.domain.plan;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.plan.BuildPlan.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises an app by its files. The first rule that fits decides: Node by its manifest, a lone server.js, a static site. */
public final class PlanDetector {
    private static final List<String> SITE_FOLDERS = List.of(".", "public", "dist");

    /** Files of kinds that people will try, and what to say about them. */
    private static final Map<String, String> KNOWN_OTHERS = Map.of(
            "requirements.txt", "a Python app",
            "pyproject.toml", "a Python app",
            "go.mod", "a Go app",
            "Gemfile", "a Ruby app",
            "pom.xml", "a Java app",
            "Cargo.toml", "a Rust app",
            "composer.json", "a PHP app",
            "Dockerfile", "an app with a Dockerfile");

    private PlanDetector() {}

    public static Detection detect(SourceTree tree) {
        try {
            return node(tree)
                    .or(() -> loneServer(tree))
                    .or(() -> site(tree))
                    .<Detection>map(Detection.Recognised::new)
                    .orElseGet(() -> new Detection.Refused(unrecognised(tree)));
        } catch (InvalidAppException invalid) {
            return new Detection.Refused(invalid.failure());
        }
    }

    private static Optional<BuildPlan> node(SourceTree tree) {
        if (!tree.hasFile("package.json")) {
            return Optional.empty();
        }
        PackageJson manifest = PackageJson.parse(read(tree, "package.json"));
        if (manifest.workspaces()) {
            throw new InvalidAppException(
                    "package.json declares workspaces, which are not built yet.",
                    "Move the app into a repository of its own, with its own package-lock.json.");
        }
        Optional<Start> start = start(tree, manifest);
        if (start.isEmpty() && manifest.dependencies().isEmpty() && site(tree).isPresent()) {
            return Optional.empty();
        }
        Kind kind = kind(tree, manifest);
        Start found = start.orElseThrow(() -> new InvalidAppException(
                "package.json does not say how the app starts, and there is no server.js or index.js.",
                "Add a script, for example \"scripts\": {\"start\": \"node app.js\"}."));
        String because = switch (kind) {
            case NODE -> "package.json with package-lock.json";
            case NODE_WITHOUT_DEPENDENCIES -> "package.json without dependencies";
            case STATIC_SITE -> throw new IllegalStateException("A manifest makes no site");
        };
        return Optional.of(new BuildPlan(
                kind,
                ".",
                manifest.script("build").map(script -> "npm run build"),
                Optional.of(found.command()),
                Optional.empty(),
                because + "; starts by " + found.because()));
    }

    private static Kind kind(SourceTree tree, PackageJson manifest) {
        if (tree.hasFile(PackageLock.FILE)) {
            PackageLock lock = PackageLock.parse(read(tree, PackageLock.FILE));
            refuseStale(manifest.dependencies(), lock.wanted());
            // Bundled or foreign packages alone leave nothing to install.
            return manifest.dependencies().isEmpty() ? Kind.NODE_WITHOUT_DEPENDENCIES : Kind.NODE;
        }
        if (manifest.dependencies().isEmpty()) {
            return Kind.NODE_WITHOUT_DEPENDENCIES;
        }
        String other = Stream.of("yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "npm-shrinkwrap.json")
                .filter(tree::hasFile)
                .findFirst()
                .map(file -> " Berth does not read " + file + ".")
                .orElse("");
        throw new InvalidAppException(
                "package.json has dependencies, and there is no package-lock.json that says which versions." + other,
                "Run npm install --package-lock-only and commit package-lock.json.");
    }

    /** npm would find out minutes later, and say it less clearly. */
    private static void refuseStale(Map<String, String> wanted, Map<String, String> locked) {
        Stream.concat(wanted.keySet().stream(), locked.keySet().stream())
                .filter(name -> !Objects.equals(wanted.get(name), locked.get(name)))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidAppException(
                            "package-lock.json was made for another package.json: they differ in " + name + ".",
                            "Run npm install and commit package-lock.json.");
                });
    }

    private record Start(String command, String because) {}

    private static Optional<Start> start(SourceTree tree, PackageJson manifest) {
        return manifest.script("start")
                .map(script -> new Start(script, "its start script"))
                .or(() -> manifest.main()
                        .map(PlanDetector::withoutDot)
                        .filter(main -> isPlainPath(main) && tree.hasFile(main))
                        .map(main -> new Start("node " + main, "its main file")))
                .or(() -> Stream.of("server.js", "index.js")
                        .filter(tree::hasFile)
                        .findFirst()
                        .map(file -> new Start("node " + file, file)));
    }

    private static String withoutDot(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** A path that a shell reads as one word and that stays in the app's folder. */
    private static boolean isPlainPath(String path) {
        return path.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");
    }

    private static Optional<BuildPlan> loneServer(SourceTree tree) {
        if (!tree.hasFile("server.js")) {
            return Optional.empty();
        }
        return Optional.of(new BuildPlan(
                Kind.NODE_WITHOUT_DEPENDENCIES,
                ".",
                Optional.empty(),
                Optional.of("node server.js"),
                Optional.empty(),
                "server.js without package.json"));
    }

    private static Optional<BuildPlan> site(SourceTree tree) {
        return SITE_FOLDERS.stream()
                .filter(folder -> tree.hasFile(folder.equals(".") ? "index.html" : folder + "/index.html"))
                .findFirst()
                .map(folder -> new BuildPlan(
                        Kind.STATIC_SITE,
                        ".",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder),
                        folder.equals(".") ? "index.html" : folder + "/index.html"));
    }

    private static String read(SourceTree tree, String file) {
        return tree.text(file)
                .orElseThrow(() -> new InvalidAppException(
                        file + " cannot be read: it is larger than 16 MiB or is not text.",
                        "Commit a smaller file, as UTF-8."));
    }

    private static Failure unrecognised(SourceTree tree) {
        String seen = KNOWN_OTHERS.entrySet().stream()
                .filter(other -> tree.hasFile(other.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .findFirst()
                .map(other -> " It has " + other.getKey() + ": " + other.getValue() + ", which is not built yet.")
                .orElse("");
        return Failure.of(
                FailureCode.APP_NOT_RECOGNISED,
                "Berth does not recognise the app in this repository." + seen,
                "Berth builds Node.js (package.json with package-lock.json, or a server.js) and static sites (index.html at"
                        + " the top, in public or in dist).");
    }
}
