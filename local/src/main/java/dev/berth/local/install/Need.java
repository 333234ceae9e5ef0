package dev.berth.local.install;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program of the machine that the stack needs.
 *
 * @param debian the package that brings it, of the same name on Ubuntu
 */
public record Need(String program, String debian, String purpose, List<String> versionArguments) {
    public static final Need DOCKERD = new Need("dockerd", "docker.io", "runs the deployed apps", List.of("--version"));
    public static final Need DOCKER =
            new Need("docker", "docker-cli", "for you and for benchmarks", List.of("--version"));
    public static final Need IPTABLES =
            new Need("iptables", "iptables", "keeps apps from this machine, for dockerd too", List.of("--version"));
    public static final Need REGISTRY =
            new Need("docker-registry", "docker-registry", "keeps images", List.of("--version"));
    public static final Need REDIS =
            new Need("redis-server", "redis-server", "started with the stack, not used yet", List.of("--version"));
    public static final Need NIX = new Need("nix-daemon", "nix-bin", "builds apps", List.of("--version"));
    public static final Need GIT = new Need("git", "git", "serves the demo's repository", List.of("--version"));
    public static final Need PIP =
            new Need("pip3", "python3-pip", "fetches Temporal and Traefik", List.of("--version"));

    public static final Need IP = new Need("ip", "iproute2", "removes an own engine's bridges", List.of("-Version"));
    public static final Need GO = new Need("go", "golang-go", "builds the tests' app", List.of("version"));
    public static final Need CHROMIUM =
            new Need("chromium", "chromium", "opens the console in tests", List.of("--version"));
    public static final Need COMPOSE =
            new Need("docker-compose", "docker-compose", "checks the production file in tests", List.of("--version"));

    /** Those without which the stack does not start. */
    public static List<Need> ofTheStack() {
        return List.of(DOCKERD, IPTABLES, IP, REGISTRY, REDIS, NIX, GIT);
    }

    public Optional<Path> found() {
        return Programs.find(program);
    }
}
