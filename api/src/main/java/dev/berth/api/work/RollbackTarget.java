package dev.berth.api.work;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.store.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which deployment a roll-back goes to. Pure: rows in, a row or a problem out. */
final class RollbackTarget {
    private static final String FIELD = "deploymentId";

    private RollbackTarget() {}

    static boolean mayBe(Deployment deployment, Optional<UUID> current) {
        return deployment.isRetained() && !current.equals(Optional.of(deployment.id()));
    }

    /** @param retained the service's retained deployments, newest traffic first */
    static Deployment newest(List<Deployment> retained, Optional<UUID> current) {
        return retained.stream()
                .filter(deployment -> mayBe(deployment, current))
                .filter(deployment -> deployment.routedAt().isPresent())
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemType.CONFLICT,
                        "No earlier deployment is kept to roll back to. Deploy the commit you want.")));
    }

    /** @param found the wanted deployment, if the service has it */
    static Deployment wanted(Optional<Deployment> found, Optional<UUID> current) {
        Deployment deployment = found.orElseThrow(
                () -> new InvalidInputException(List.of(Violation.of(FIELD, "names no deployment of this service"))));
        if (!mayBe(deployment, current)) {
            throw new ProblemException(Problem.conflict(Violation.of(
                    FIELD,
                    current.equals(Optional.of(deployment.id()))
                            ? "names the deployment that serves already"
                            : "names a deployment that is not kept any more; deploy its commit again")));
        }
        return deployment;
    }
}
