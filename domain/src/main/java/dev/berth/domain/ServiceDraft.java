package dev.berth.domain;

import dev.berth.domain.RolloutPolicy.OnNewer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A service as its author wrote it down: any field may be missing, and each may be wrong.
 *
 * <p>Field by field it becomes a {@link ServiceSpec} or a list of everything that is wrong with it. Numbers and limits are
 * those of one replica; the rules of single texts stand in {@link ServiceRules}.
 */
public record ServiceDraft(
        Optional<String> name,
        Optional<String> slug,
        Optional<UUID> templateId,
        Optional<String> gitUrl,
        Optional<String> gitBranch,
        Optional<Integer> replicas,
        Optional<BigDecimal> cpuLimit,
        Optional<Integer> memoryLimitMb,
        Optional<Integer> port,
        Optional<String> healthPath,
        Optional<Map<String, String>> env,
        Optional<Integer> soakSeconds,
        Optional<Integer> healthDeadlineSeconds,
        Optional<String> onNewer,
        GatesDraft gates,
        TrafficDraft traffic,
        Optional<Integer> volumeMb) {
    private static final String REQUIRED = "is required";

    /**
     * The service that this asks for, with defaults where it is silent.
     *
     * @throws InvalidInputException with every violation
     */
    public ServiceSpec create() {
        List<Violation> violations = new ArrayList<>();
        if (name.isEmpty()) {
            violations.add(Violation.of("name", REQUIRED));
        }
        if (gitUrl.isEmpty()) {
            violations.add(Violation.of("gitUrl", REQUIRED));
        }
        if (slug.isEmpty() && name.isPresent() && Slug.suggestedBy(name.get()).isEmpty()) {
            violations.add(Violation.of("slug", "is required, because the name suggests none"));
        }
        violations.addAll(violations());
        refuse(violations);
        ServiceSpec wanted = new ServiceSpec(
                name.orElseThrow().strip(),
                slug.map(Slug::new)
                        .or(() -> Slug.suggestedBy(name.orElseThrow()))
                        .orElseThrow(),
                templateId,
                gitUrl.orElseThrow(),
                gitBranch.orElse("main"),
                replicas.orElse(1),
                cpuLimit.orElse(new BigDecimal("0.5")),
                memoryLimitMb.orElse(256),
                port.orElse(8080),
                healthPath.orElse("/"),
                env.orElse(Map.of()),
                rollout(RolloutPolicy.DEFAULT),
                volumeMb);
        refuse(Volume.violations(Optional.empty(), wanted));
        return wanted;
    }

    /**
     * {@code present} with the fields that this names changed; {@code env} is replaced as a whole. Slug and template stay: hosts, links
     * and neighbours know the service by it. A volume stays until the service is deleted, and does not get smaller.
     *
     * @throws InvalidInputException with every violation
     */
    public ServiceSpec change(ServiceSpec present) {
        refuse(violations());
        ServiceSpec wanted = new ServiceSpec(
                name.map(String::strip).orElse(present.name()),
                present.slug(),
                present.templateId(),
                gitUrl.orElse(present.gitUrl()),
                gitBranch.orElse(present.gitBranch()),
                replicas.orElse(present.replicas()),
                cpuLimit.orElse(present.cpuLimit()),
                memoryLimitMb.orElse(present.memoryLimitMb()),
                port.orElse(present.port()),
                healthPath.orElse(present.healthPath()),
                env.orElse(present.env()),
                rollout(present.rollout()),
                volumeMb.or(present::volumeMb));
        refuse(Volume.violations(present.volumeMb(), wanted));
        return wanted;
    }

    private RolloutPolicy rollout(RolloutPolicy present) {
        return new RolloutPolicy(
                soakSeconds.or(present::soakSeconds),
                healthDeadlineSeconds.or(present::healthDeadlineSeconds),
                onNewer.flatMap(OnNewer::parse).orElse(present.onNewer()),
                gates.over(present.gates()),
                traffic.over(present.traffic()));
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidInputException(violations);
        }
    }

    /** What is wrong with the fields that are there. */
    private List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        check(found, "name", name.flatMap(ServiceRules::problemOfName));
        check(found, "slug", slug.flatMap(Slug::problemOf));
        check(found, "gitUrl", gitUrl.flatMap(ServiceRules::problemOfGitUrl));
        check(found, "gitBranch", gitBranch.flatMap(ServiceRules::problemOfGitBranch));
        check(found, "replicas", replicas.flatMap(number -> outside(number, 1, 100)));
        check(found, "cpuLimit", cpuLimit.flatMap(ServiceRules::problemOfCpuLimit));
        check(found, "memoryLimitMb", memoryLimitMb.flatMap(number -> outside(number, 16, 1_048_576)));
        check(found, "port", port.flatMap(number -> outside(number, 1, 65_535)));
        check(found, "healthPath", healthPath.flatMap(ServiceRules::problemOfHealthPath));
        check(found, "soakSeconds", soakSeconds.flatMap(number -> outside(number, 0, 3_600)));
        check(found, "healthDeadlineSeconds", healthDeadlineSeconds.flatMap(number -> outside(number, 5, 3_600)));
        check(found, "volumeMb", volumeMb.flatMap(number -> outside(number, Volume.LEAST_MB, Volume.MOST_MB)));
        check(
                found,
                "onNewer",
                onNewer.filter(word -> OnNewer.parse(word).isEmpty()).map(_ -> "must be finish or cancel"));
        found.addAll(gates.violations());
        found.addAll(traffic.violations());
        env.map(ServiceRules::problemsOfEnv).ifPresent(found::addAll);
        return found;
    }

    private static void check(List<Violation> found, String field, Optional<String> problem) {
        problem.ifPresent(sentence -> found.add(Violation.of(field, sentence)));
    }

    private static Optional<String> outside(int number, int least, int most) {
        return number < least || number > most
                ? Optional.of("must be a whole number from %d to %d".formatted(least, most))
                : Optional.empty();
    }
}
