package dev.berth.local.e2e;

import static dev.berth.local.e2e.ChaosScene.APPROVED;
import static dev.berth.local.e2e.ChaosScene.BROKEN_REBUILD;
import static dev.berth.local.e2e.ChaosScene.CANARY;
import static dev.berth.local.e2e.ChaosScene.CANCELLED_RECREATE;
import static dev.berth.local.e2e.ChaosScene.CANCELLED_ROLLBACK;
import static dev.berth.local.e2e.ChaosScene.CANCEL_IN_SOAK;
import static dev.berth.local.e2e.ChaosScene.DELETE;
import static dev.berth.local.e2e.ChaosScene.DEPLOY;
import static dev.berth.local.e2e.ChaosScene.DEPLOY_IN_SOAK;
import static dev.berth.local.e2e.ChaosScene.DEPLOY_WHILE_STOPPED;
import static dev.berth.local.e2e.ChaosScene.ORPHANED_BUILD;
import static dev.berth.local.e2e.ChaosScene.REBUILD;
import static dev.berth.local.e2e.ChaosScene.RECREATE;
import static dev.berth.local.e2e.ChaosScene.RELEASE;
import static dev.berth.local.e2e.ChaosScene.ROLLBACK;
import static dev.berth.local.e2e.ChaosScene.SCALE;
import static dev.berth.local.e2e.ChaosScene.START;
import static dev.berth.local.e2e.ChaosScene.STOP;
import static dev.berth.local.e2e.ChaosScene.TERMINATED_DEPLOY;
import static dev.berth.local.e2e.ChaosScene.WARM_ROLLBACK;

import dev.berth.failpoints.Failpoint;
import dev.berth.failpoints.Failpoint.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Which points are crossed with which deaths: fixed, so that a red row can be run again.
 *
 * <p>Every activity, before and after its effect, with the Temporal worker and with the API; the shared ones once more, with the
 * Temporal worker, in the other operations that have them; the wake-up after the commit with the API. The other parts die at
 * points that a seeded choice spreads so that each part meets each operation, each other way to deploy, and each side.
 */
final class ChaosTable {
    /** Of the choice of points; printed with every run. */
    static final long SEED = 5;

    /** Each activity where it is at home. One that is missing here fails {@link ChaosTableTests}. */
    private static final Map<ChaosScene, List<String>> HOME = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    DEPLOY,
                    List.of(
                            "ClaimNext",
                            "BeginBuilding",
                            "ResolveCommit",
                            "AdoptImage",
                            "Admit",
                            "CreateRevision",
                            "AwaitHealthy",
                            "RouteTraffic",
                            "FinishOperation",
                            "RetirePredecessors",
                            "WatchSoak",
                            "Prove")),
            Map.entry(
                    REBUILD,
                    List.of(
                            "FetchSource",
                            "PlanBuild",
                            "PrefetchDependencies",
                            "EvaluateExpression",
                            "RealiseDerivation",
                            "PushImage",
                            "FinishBuild",
                            "DiscardWorkspace")),
            Map.entry(DEPLOY_IN_SOAK, List.of("AwaitWorkflow")),
            Map.entry(BROKEN_REBUILD, List.of("AbandonBuild", "Withdraw")),
            Map.entry(ORPHANED_BUILD, List.of("AwaitBuild")),
            Map.entry(CANCEL_IN_SOAK, List.of("RouteBack")),
            Map.entry(TERMINATED_DEPLOY, List.of("HasTraffic")),
            Map.entry(ROLLBACK, List.of("ReviveRevision")),
            Map.entry(WARM_ROLLBACK, List.of("RouteIfWarm")),
            Map.entry(CANCELLED_ROLLBACK, List.of("ReleaseRevision")),
            Map.entry(SCALE, List.of("Resize")),
            Map.entry(STOP, List.of("ShowStopped", "StopRevisions")),
            Map.entry(DEPLOY_WHILE_STOPPED, List.of("KeepForStart")),
            Map.entry(START, List.of("ChooseForStart")),
            Map.entry(DELETE, List.of("RemoveRoute", "RemoveRevisions", "RemoveImages", "ForgetService")),
            Map.entry(RELEASE, List.of("RunRelease")),
            Map.entry(CANARY, List.of("BeginCanary", "WatchCanary", "SettleCanary")),
            Map.entry(APPROVED, List.of("GiveBack"))));

    /** Shared activities in the other operations that have them. */
    private static final Map<ChaosScene, List<String>> AWAY = new EnumMap<>(Map.of(
            ROLLBACK, List.of("Admit", "AwaitHealthy", "RouteTraffic", "FinishOperation"),
            START, List.of("ReviveRevision", "AwaitHealthy", "RouteTraffic"),
            SCALE, List.of("AwaitHealthy", "FinishOperation"),
            STOP, List.of("FinishOperation"),
            DELETE, List.of("FinishOperation"),
            CANCEL_IN_SOAK, List.of("Withdraw"),
            RECREATE, List.of("CreateRevision", "AwaitHealthy", "RouteTraffic"),
            CANCELLED_RECREATE, List.of("RouteBack", "Withdraw")));

    private ChaosTable() {}

    static List<ChaosCell> all() {
        Set<ChaosCell> cells = new LinkedHashSet<>();
        HOME.forEach((scene, effects) -> effects.forEach(effect -> {
            for (Victim victim : List.of(Victim.TEMPORAL_WORKER, Victim.API)) {
                bothSides(cells, scene, effect, victim);
            }
        }));
        AWAY.forEach(
                (scene, effects) -> effects.forEach(effect -> bothSides(cells, scene, effect, Victim.TEMPORAL_WORKER)));
        for (ChaosScene scene : List.of(DEPLOY, ROLLBACK, SCALE, STOP, DELETE)) {
            bothSides(cells, scene, Failpoint.WAKE, Victim.API);
        }
        Random random = new Random(SEED);
        cells.addAll(chosen(operations(), random));
        cells.addAll(chosen(otherWays(), random));
        cells.addAll(usual());
        return List.copyOf(cells);
    }

    private static void bothSides(Set<ChaosCell> cells, ChaosScene scene, String effect, Victim victim) {
        for (Side side : Side.values()) {
            cells.add(new ChaosCell(scene, side, effect, victim));
        }
    }

    /** Each other part in each scene, at a point of it, with the sides taking turns. */
    private static List<ChaosCell> chosen(List<ChaosScene> scenes, Random random) {
        List<ChaosCell> cells = new ArrayList<>();
        List<Victim> others =
                Arrays.stream(Victim.values()).filter(part -> !part.isOfBerth()).toList();
        for (ChaosScene scene : scenes) {
            List<String> effects = effectsOf(scene);
            Collections.shuffle(effects, random);
            for (int i = 0; i < others.size(); i++) {
                Side side = Side.values()[(i + scene.ordinal()) % 2];
                cells.add(new ChaosCell(scene, side, effects.get(i % effects.size()), others.get(i)));
            }
        }
        return cells;
    }

    /** What somebody asks for and expects to succeed. */
    static List<ChaosScene> operations() {
        return List.of(DEPLOY, REBUILD, ROLLBACK, SCALE, STOP, START, DELETE);
    }

    /** How a deployment or a roll-back goes where it does not go the plain way; one of them is the way back. */
    static List<ChaosScene> otherWays() {
        return List.of(CANARY, RELEASE, APPROVED, RECREATE, WARM_ROLLBACK, CANCEL_IN_SOAK);
    }

    static List<String> effectsOf(ChaosScene scene) {
        List<String> effects = new ArrayList<>(HOME.getOrDefault(scene, List.of()));
        effects.addAll(AWAY.getOrDefault(scene, List.of()));
        return effects;
    }

    /** Those of every run: each part dies, each operation occurs, both sides do; six minutes on two cores. */
    static List<ChaosCell> usual() {
        return List.of(
                new ChaosCell(DEPLOY, Side.BEFORE, Failpoint.WAKE, Victim.API),
                new ChaosCell(DEPLOY, Side.AFTER, "CreateRevision", Victim.TEMPORAL_WORKER),
                new ChaosCell(DEPLOY, Side.AFTER, "RouteTraffic", Victim.TEMPORAL_WORKER),
                new ChaosCell(DEPLOY, Side.BEFORE, "FinishOperation", Victim.TEMPORAL),
                new ChaosCell(REBUILD, Side.AFTER, "PushImage", Victim.TEMPORAL_WORKER),
                new ChaosCell(REBUILD, Side.BEFORE, "PushImage", Victim.REGISTRY),
                new ChaosCell(BROKEN_REBUILD, Side.AFTER, "Withdraw", Victim.TEMPORAL_WORKER),
                new ChaosCell(CANCEL_IN_SOAK, Side.AFTER, "RouteBack", Victim.TEMPORAL_WORKER),
                new ChaosCell(ROLLBACK, Side.BEFORE, "RouteTraffic", Victim.EDGE),
                new ChaosCell(ROLLBACK, Side.AFTER, "ReviveRevision", Victim.POSTGRES),
                new ChaosCell(SCALE, Side.AFTER, "Resize", Victim.DOCKERD),
                new ChaosCell(SCALE, Side.BEFORE, "AwaitHealthy", Victim.REDIS),
                new ChaosCell(STOP, Side.AFTER, "ShowStopped", Victim.TEMPORAL_WORKER),
                new ChaosCell(START, Side.BEFORE, "RouteTraffic", Victim.API),
                new ChaosCell(DELETE, Side.AFTER, "RemoveRevisions", Victim.TEMPORAL_WORKER));
    }
}
