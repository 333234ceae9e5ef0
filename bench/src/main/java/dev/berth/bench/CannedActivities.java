package dev.berth.bench;

import dev.berth.domain.DeploymentState;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.workflows.ImageActivities;
import dev.berth.workflows.NixActivities;
import dev.berth.workflows.QueueActivities;
import dev.berth.workflows.RolloutActivities;
import dev.berth.workflows.SourceActivities;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** All activities of a deployment and its build, each with an answer of the right type and no effect. */
final class CannedActivities {
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "c".repeat(64));

    private static final Map<Class<?>, Object> ANSWERS = Map.of(
            RolloutActivities.Admission.class,
                    new RolloutActivities.Admission(
                            Duration.ofSeconds(30),
                            Duration.ZERO,
                            Duration.ZERO,
                            Optional.empty(),
                            false,
                            false,
                            false,
                            false,
                            false),
            SourceActivities.Resolution.class, new SourceActivities.Resolution("d".repeat(40), Optional.empty()),
            BuildPlan.class,
                    new BuildPlan(
                            BuildPlan.Kind.NODE,
                            ".",
                            Optional.empty(),
                            Optional.of("node server.js"),
                            Optional.empty(),
                            "server.js is there"),
            NixActivities.Derivation.class, new NixActivities.Derivation("/nix/store/app.drv"),
            NixActivities.StoreOutput.class, new NixActivities.StoreOutput("/nix/store/app"),
            ImageActivities.PushedImage.class, new ImageActivities.PushedImage(IMAGE, 1, 1, 1),
            DeploymentState.class, DeploymentState.FAILED);

    private CannedActivities() {}

    static Object make() {
        return Proxy.newProxyInstance(
                CannedActivities.class.getClassLoader(),
                new Class<?>[] {
                    RolloutActivities.class,
                    QueueActivities.class,
                    SourceActivities.class,
                    NixActivities.class,
                    ImageActivities.class
                },
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "canned activities";
                    default -> ANSWERS.get(method.getReturnType());
                });
    }
}
