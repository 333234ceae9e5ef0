package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment does to the world. Each may run more than once for one deployment and must then change nothing more;
 * each writes the rows that say what it observed. Failures as in {@link SourceActivities}.
 */
@ActivityInterface
public interface RolloutActivities {
    /** Marks the deployment as building. */
    void beginBuilding(DeploymentRef deployment);

    /** Gives the deployment the image that its build made. */
    void adoptImage(DeploymentRef deployment, ImageDigest image);

    /** Checks that everything is there: image in the registry by digest, configuration, network, capacity. */
    Admission admit(DeploymentRef deployment);

    /**
     * Runs the deployment's release command in a task of its image, keeps its log and waits for its end; the task is gone
     * afterwards. Nothing to do where it has none, or ran before. Fails where it ends with anything but 0. Heartbeats;
     * cancellable.
     */
    void runRelease(DeploymentRef deployment);

    /**
     * Creates the deployment's Swarm service, or finds the one that an earlier try made. Where versions of its service may not
     * overlap, everything else of the service has ended before, and the edge answers in its place. Cancellable.
     */
    void createRevision(DeploymentRef deployment);

    /**
     * Scales a retained deployment's Swarm service up again, with the same care as {@link #createRevision}. Cancellable.
     *
     * @return whether it was warm: as {@link #awaitHealthy} wants it, at the first look
     */
    boolean reviveRevision(DeploymentRef deployment);

    /**
     * Puts the service's traffic on a retained deployment as {@link #routeTraffic} does, if it is warm: as {@link #awaitHealthy}
     * wants it, at the first look. One step, because who rolls back has no time for two.
     *
     * @return whether it was; otherwise nothing was changed
     */
    boolean routeIfWarm(DeploymentRef deployment);

    /** Waits until every replica runs the deployment's digest and is healthy. Heartbeats; cancellable. */
    void awaitHealthy(DeploymentRef deployment, Duration deadline);

    /** Puts the service's traffic on this deployment and returns once the edge was seen to serve it; then it runs. */
    void routeTraffic(DeploymentRef deployment);

    /** Keeps the deployment of a stopped service, image and configuration, for its next start. */
    void keepForStart(DeploymentRef deployment);

    /**
     * Which retained deployment a start brings up: the one that has the traffic though nobody has seen it serve, as a start that died
     * leaves it; else the newest. Fails with {@code NOTHING_RETAINED} where there is none.
     *
     * @return empty where the service serves already, and its row says so
     */
    Optional<DeploymentRef> chooseForStart(ServiceRef service);

    /**
     * Puts the service's traffic on the page of a stopped service and returns once the edge was seen to serve it; then it is
     * stopped.
     *
     * @return how long requests on what served may take to end
     */
    Duration showStopped(ServiceRef service);

    /** Scales every revision of the service to zero; all of them are kept. */
    void stopRevisions(ServiceRef service);

    /**
     * Sets how many replicas are wanted and scales what serves; the edge no longer asks those that go. Heartbeats; cancellable.
     *
     * @param replicas 1 to 100
     * @return what is to get healthy; empty where nothing serves
     */
    Optional<Scaled> resize(ServiceRef service, int replicas);

    /** Watches a deployment that has the traffic; fails when it crash-loops or loses its health. Heartbeats; cancellable. */
    void watchSoak(DeploymentRef deployment, Duration soak);

    /** Records that the deployment outlived its soak: automatic roll-back may come back to it. */
    void prove(DeploymentRef deployment);

    /**
     * Scales to zero what no longer serves, keeps the newest retained ones for roll-back and removes the rest with their
     * images. The last proven deployment stays warm until a successor is proven; what lost its traffic less than a drain ago is
     * left for the next call.
     */
    void retirePredecessors(ServiceRef service);

    /**
     * Takes the traffic from this deployment and puts it on {@code before} where that is still kept, else on the last proven other
     * one, else on the newest other one that still runs; takes the route away where there is none. Nothing to do where this one has
     * no traffic and ended nothing that had it.
     *
     * @param before what served when a roll-back to this one began, proven or not; null for a deployment, and in histories that are
     *     older than it
     */
    void routeBack(DeploymentRef deployment, @Nullable DeploymentRef before);

    /**
     * Removes the deployment's Swarm service and writes how it ended: as {@code end}, or {@code ROLLED_BACK} where it had been
     * running. What was ended for it and is not served again serves first, as by {@link #routeBack}. Changes nothing where the
     * deployment has the traffic or has ended before. Heartbeats.
     *
     * @param end {@code FAILED} or {@code CANCELLED}
     * @return what the deployment is now
     */
    DeploymentState withdraw(DeploymentRef deployment, DeploymentState end, Failure failure);

    /**
     * Scales a retained deployment that could not be revived back to zero; one that runs stays warm. What was ended for it serves
     * first, as for {@link #withdraw}. Heartbeats.
     */
    void releaseRevision(DeploymentRef deployment);

    /** Whether the service's traffic goes to this deployment by its route. */
    boolean hasTraffic(DeploymentRef deployment);

    /** Takes the service's route away; its host name answers like an unknown one afterwards. */
    void removeRoute(ServiceRef service);

    /** Removes every Swarm service of the service. */
    void removeRevisions(ServiceRef service);

    /** Removes the service's images from the registry. */
    void removeImages(ServiceRef service);

    /** Removes the service's rows. */
    void forgetService(ServiceRef service);

    /**
     * @param healthDeadline how long the replicas may take to get healthy
     * @param soak how long a new deployment is watched after it got the traffic
     * @param drain how long requests on the old one may take to end
     * @param stopped whether the service was stopped by its owner: what is deployed is then kept and not started
     * @param releases whether its release command is to run before it is started; false in histories that are older than it
     * @param canary whether it is to get a part of the traffic first; old histories have none
     * @param held whether it is to wait at its service's gates; nothing of it was begun then. False in histories that are older
     * @param recreate whether what serves is ended before it is started; false in histories that are older
     */
    record Admission(
            Duration healthDeadline,
            Duration soak,
            Duration drain,
            Optional<DeploymentRef> serving,
            boolean stopped,
            boolean releases,
            boolean canary,
            boolean held,
            boolean recreate) {}

    /** @param healthDeadline how long the new replicas may take to get healthy */
    record Scaled(DeploymentRef deployment, Duration healthDeadline) {}
}
