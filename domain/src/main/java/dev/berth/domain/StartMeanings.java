package dev.berth.domain;

/** The words of {@link FailureCode.Phase#START}. */
final class StartMeanings {
    private static final String SWARMS_WORDS = "Swarm's explanation";
    private static final String LOG = "the app's last 50 lines";
    private static final String LOG_AND_PROBE = LOG + ", and what the health check saw last";

    static final Meaning NO_CAPACITY = new Meaning(
            "No host has the memory or processors that the app reserves.",
            SWARMS_WORDS,
            "Lower its limits, stop something else, or add a host.");
    static final Meaning NO_HOST = new Meaning(
            "No host takes the app, for another reason than its size: all are down, drained or of another kind.",
            SWARMS_WORDS,
            "The operator looks at `docker node ls`; then deploy again.");
    static final Meaning NETWORK_FULL = new Meaning(
            "The organisation's network, or the platform's pool of networks, has no free address.",
            SWARMS_WORDS,
            "Remove services or replicas that are no longer needed.");
    static final Meaning REVISION_REFUSED = new Meaning(
            "Swarm refuses the service as it is described.",
            SWARMS_WORDS,
            "Change the setting that the evidence names; otherwise it is for the operator.");
    static final Meaning REVISION_VANISHED = new Meaning(
            "The Swarm service was removed by somebody else while it was starting.", Meaning.NONE, "Deploy again.");
    static final Meaning HOST_REFUSED = new Meaning(
            "A host could not start the app's container, for a reason of its own.",
            SWARMS_WORDS,
            "Deploy again; if it stays so, the evidence is for the operator.");
    static final Meaning START_COMMAND_NOT_FOUND = new Meaning(
            "The start command names a program that is not in the image, or cannot be run (exit code 126 or 127).",
            LOG,
            "Correct the start command, or add what it needs to the dependencies.");
    static final Meaning EXITED_ON_START = new Meaning(
            "The app ended by itself right after its start, with exit code 0.",
            LOG,
            "Its start command has to stay in the foreground and serve requests.");
    static final Meaning OUT_OF_MEMORY_ON_START = new Meaning(
            "The kernel ended the app, which used more memory than its limit.",
            LOG,
            "Raise the service's memory limit or let the app use less.");
    static final Meaning CRASHED_ON_START = new Meaning(
            "The app ended with an error right after its start, three times.",
            LOG + "; the sentence has the exit code",
            "Its last lines say why; a missing environment variable is the usual reason.");
    static final Meaning PORT_NOT_OPENED = new Meaning(
            "The app runs and listens on no port at all.",
            LOG_AND_PROBE,
            "Listen on 0.0.0.0 and on the port that the variable PORT names.");
    static final Meaning LISTENS_ON_LOOPBACK = new Meaning(
            "The app listens on the right port, but on 127.0.0.1 or localhost, where no visitor reaches it.",
            LOG_AND_PROBE + ": the addresses on which the app listens",
            "Listen on 0.0.0.0.");
    static final Meaning LISTENS_ON_ANOTHER_PORT = new Meaning(
            "The app listens, but not on the port that the variable PORT names.",
            LOG_AND_PROBE + ": the addresses on which the app listens",
            "Listen on the port that PORT names, or set the service's port to the app's.");
    static final Meaning PORT_NOT_HTTP = new Meaning(
            "What listens on the app's port does not speak plain HTTP.",
            LOG_AND_PROBE,
            "Serve HTTP without TLS: the edge does TLS for you.");
    static final Meaning HEALTH_PATH_NOT_FOUND = new Meaning(
            "The health path answers 404 or 410.",
            LOG_AND_PROBE,
            "Add the path to the app, or change the health path.");
    static final Meaning HEALTH_PATH_FORBIDDEN = new Meaning(
            "The health path answers 401 or 403: it wants somebody signed in.",
            LOG_AND_PROBE,
            "Choose a health path that answers without credentials.");
    static final Meaning HEALTH_TIMED_OUT = new Meaning(
            "The app takes connections, but the health path gives no answer within five seconds.",
            LOG_AND_PROBE,
            "Choose a health path that needs no other service, or find out what the app waits for.");
    static final Meaning NEVER_HEALTHY = new Meaning(
            "The app started, but its health path never gave an answer between 200 and 399.",
            LOG_AND_PROBE,
            "Make the health path answer, or change it.");

    private StartMeanings() {}
}
