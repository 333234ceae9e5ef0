package dev.berth.domain;

/**
 * What each operation does to a service, wherever that stands: one row for each pair. The API refuses by it, and
 * {@code docs/OPERATIONS.md} is written from it.
 */
public final class Lifecycle {
    private static final String BEING_DELETED = "is being deleted";
    private static final String UNPAID = "is suspended for an unpaid wallet; top the wallet up";

    private Lifecycle() {}

    /** The answer to a request; a refusal reads on from "The service". */
    public static Answer ask(OperationKind kind, Standing standing) {
        if (standing == Standing.DELETING) {
            return kind == OperationKind.DELETE ? does("is the same as the first delete") : new Refused(BEING_DELETED);
        }
        return switch (kind) {
            case DEPLOY -> build(standing, "builds the branch's commit, or finds its build");
            case REBUILD -> build(standing, "builds the branch's commit anew");
            case RESTART -> restart(standing);
            case START -> start(standing);
            case STOP -> stop(standing);
            case SCALE -> scale(standing);
            case ROLLBACK -> rollBack(standing);
            case REPAIR -> repair(standing);
            case DELETE -> does("ends what waits and what runs, then removes route, revisions, images and rows");
        };
    }

    private static Answer build(Standing standing, String builds) {
        return switch (standing) {
            case EMPTY -> does(builds + " and brings it up; a failure leaves nothing behind");
            case SERVING -> does(builds + ", brings it up beside what serves and moves the traffic");
            case STOPPED -> does(builds + " and keeps it for the next start");
            case SUSPENDED -> new Refused(UNPAID);
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    private static Answer restart(Standing standing) {
        return switch (standing) {
            case EMPTY -> new Refused("has no version that could be restarted; deploy it");
            case SERVING -> does("brings the same image up with the present configuration and moves the traffic");
            case STOPPED -> new Refused("is stopped; start it");
            case SUSPENDED -> new Refused(UNPAID);
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    private static Answer start(Standing standing) {
        return switch (standing) {
            case EMPTY -> does("deploys it");
            case SERVING -> does("does nothing");
            case STOPPED -> does("brings the kept version up and moves the traffic from the stopped page to it");
            case SUSPENDED -> new Refused(UNPAID);
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    private static Answer stop(Standing standing) {
        return switch (standing) {
            case EMPTY -> new Refused("has nothing that runs");
            case SERVING -> does("shows the stopped page, lets requests end and scales to zero; everything is kept");
            case STOPPED -> does("does nothing");
            case SUSPENDED -> new Refused("is stopped already, for an unpaid wallet");
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    private static Answer scale(Standing standing) {
        return switch (standing) {
            case EMPTY -> does("sets the number for the first deploy");
            case SERVING ->
                does(
                        "starts or ends replicas of what serves, and sets the number; what does not get healthy is put back");
            case STOPPED, SUSPENDED -> does("sets the number for the next start");
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    private static Answer rollBack(Standing standing) {
        return switch (standing) {
            case EMPTY -> new Refused("has no earlier version that is kept; deploy the commit you want");
            case SERVING ->
                does("moves the traffic to a kept version: at once where it is warm, else when it is healthy");
            case STOPPED -> new Refused("is stopped; start it, then roll back");
            case SUSPENDED -> new Refused(UNPAID);
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    /** Asked by the platform alone. */
    private static Answer repair(Standing standing) {
        return switch (standing) {
            case SERVING -> does("brings back what was changed behind Berth's back");
            case EMPTY, STOPPED, SUSPENDED -> new Refused("has nothing that should serve");
            case DELETING -> new Refused(BEING_DELETED);
        };
    }

    private static Answer does(String effect) {
        return new Does(effect);
    }

    public sealed interface Answer permits Does, Refused {}

    /** @param effect what it does, in the present tense */
    public record Does(String effect) implements Answer {}

    /** @param reason the rest of a sentence that begins with "The service" */
    public record Refused(String reason) implements Answer {}
}
