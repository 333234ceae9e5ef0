package dev.berth.local.e2e;

import static dev.berth.failpoints.Failpoint.Side.BEFORE;

import dev.berth.local.e2e.Ending.After;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is asked for in a cell of the chaos suite: brings the service to where it may be asked, marks the point, and asks. */
enum ChaosScene {
    DEPLOY {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.mark(cell);
            return service.ask("deploy").ends(Ending.newServes());
        }
    },
    DEPLOY_IN_SOAK {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.startLongSoak();
            service.app().set("soakSeconds", 1);
            service.nextText();
            service.mark(cell);
            return service.ask("deploy").ends(Ending.newServes());
        }
    },
    REBUILD {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.mark(cell);
            return service.ask("rebuild").ends(Ending.newServes());
        }
    },
    BROKEN_REBUILD {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.app().set("gitBranch", ChaosService.BROKEN);
            service.mark(cell);
            return service.ask("rebuild").ends(Ending.oldServes(Set.of("failed"), Set.of("failed")));
        }
    },
    /** Somebody terminates the workflows of service and deployment, so that another run finds the build under way. */
    ORPHANED_BUILD {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            Hold building = service.hold(BEFORE, "PlanBuild");
            Asked asked = service.ask("rebuild");
            building.await();
            service.mark(cell);
            service.terminate("service/" + service.app().id());
            service.terminate("deploy/" + asked.deployment().orElseThrow());
            Set<String> ends = Set.of("failed", "cancelled");
            Asked ending = asked.ends(Ending.oldServes(ends, ends));
            if (cell.side() == BEFORE) {
                return ending.then(building::release);
            }
            service.app().awaitStep(asked.deployment().orElseThrow(), "await build");
            building.release();
            return ending;
        }
    },
    CANCEL_IN_SOAK {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            String before = service.serving();
            Asked deployed = service.startLongSoak();
            service.putBackTo(before);
            service.mark(cell);
            service.app().asked("cancel", Map.of());
            return deployed.ends(Ending.oldServes(Set.of("succeeded"), Set.of("rolled_back")));
        }
    },
    TERMINATED_DEPLOY {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            Hold coming = service.hold(BEFORE, "AwaitHealthy");
            Asked asked = service.ask("deploy");
            coming.await();
            service.mark(cell);
            service.terminate("deploy/" + asked.deployment().orElseThrow());
            coming.release();
            return asked.ends(Ending.oldServes(Set.of("failed"), Set.of("failed")));
        }
    },
    ROLLBACK {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serveWithAnother();
            service.awaitCold();
            service.mark(cell);
            return service.ask("rollback").ends(Ending.newServes());
        }
    },
    /** To what stays warm while its successor is watched. */
    WARM_ROLLBACK {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.startLongSoak();
            service.mark(cell);
            return service.ask("rollback").ends(Ending.newServes());
        }
    },
    CANCELLED_ROLLBACK {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serveWithAnother();
            service.awaitCold();
            Hold coming = service.hold(BEFORE, "ReviveRevision");
            Asked asked = service.ask("rollback");
            coming.await();
            service.mark(cell);
            service.app().asked("cancel", Map.of());
            coming.release();
            return asked.ends(Ending.oldServes(Set.of("cancelled"), Set.of()));
        }
    },
    SCALE {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.mark(cell);
            int replicas = service.app().service().get("replicas").asInt() == 1 ? 2 : 1;
            return service.ask("scale", Map.of("replicas", replicas)).ends(Ending.succeeds(After.OLD_SERVES, 200));
        }
    },
    STOP {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.mark(cell);
            return service.ask("stop").ends(Ending.succeeds(After.STOPPED, 200, 503));
        }
    },
    DEPLOY_WHILE_STOPPED {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.stop();
            service.mark(cell);
            return service.ask("deploy")
                    .ends(new Ending(Set.of("succeeded"), Set.of("retired"), After.STOPPED, Set.of(503)));
        }
    },
    START {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.stop();
            service.mark(cell);
            return service.ask("start").ends(Ending.succeeds(After.ANY_SERVES, 200, 503));
        }
    },
    DELETE {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.mark(cell);
            return service.delete().ends(Ending.succeeds(After.GONE, 200, 404));
        }
    },
    /** The command may run twice, and may not be left out: APPS.md. */
    RELEASE {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.app().set("releaseCommand", List.of("node", "-e", "console.log('released')"));
            service.mark(cell);
            return service.ask("deploy").ends(Ending.newServes());
        }
    },
    /** Nobody decides, so it is promoted by itself: also where its time ran out while nobody lived to watch it. */
    CANARY {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.app().set("strategy", "canary");
            service.app().set("canaryHoldSeconds", 5);
            service.mark(cell);
            return service.ask("deploy").ends(Ending.newServes());
        }
    },
    /** It is built, waits at its service's gates, and an admin approves it as soon as the API says that it waits. */
    APPROVED {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.app().set("approvalRequired", true);
            service.mark(cell);
            Asked asked = service.ask("deploy").ends(Ending.newServes());
            service.approveWhenItWaits(asked);
            return asked;
        }
    },
    /** What serves ends before the new one is started: visitors get the page meanwhile. */
    RECREATE {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.app().set("strategy", "recreate");
            service.mark(cell);
            return service.ask("deploy")
                    .ends(new Ending(Set.of("succeeded"), Set.of("running"), After.NEW_SERVES, Set.of(200, 503)));
        }
    },
    /** What was ended for it is started again, once it is gone itself. */
    CANCELLED_RECREATE {
        @Override
        Asked play(ChaosService service, ChaosCell cell) {
            service.serve();
            service.app().set("strategy", "recreate");
            Hold coming = service.hold(BEFORE, "AwaitHealthy");
            Asked asked = service.ask("deploy");
            coming.await();
            service.mark(cell);
            service.app().asked("cancel", Map.of());
            coming.release();
            return asked.ends(new Ending(Set.of("cancelled"), Set.of("cancelled"), After.OLD_SERVES, Set.of(200, 503)));
        }
    };

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether visitors are to be served before, meanwhile and after. */
    boolean servesThroughout() {
        return switch (this) {
            case STOP, DEPLOY_WHILE_STOPPED, START, DELETE -> false;
            default -> !isOneAtATime();
        };
    }

    /** Whether what is asked for may never run beside another version. */
    boolean isOneAtATime() {
        return this == RECREATE || this == CANCELLED_RECREATE;
    }

    /** Returns when it has asked, with the cell's point marked before. */
    abstract Asked play(ChaosService service, ChaosCell cell);
}
