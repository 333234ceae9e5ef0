package dev.berth.domain;

/** The words of {@link FailureCode.Phase#BUILD} and {@link FailureCode.Phase#IMAGE}. */
final class BuildMeanings {
    private static final String LAST_LINES = "the last 40 lines of the build's log";
    private static final String REGISTRY_WORDS = "what the registry answered";

    static final Meaning WORKSPACE_LOST = new Meaning(
            "The files of the build are no longer on the machine that builds.",
            Meaning.NONE,
            "Deploy again, which fetches them anew.");
    static final Meaning DEPENDENCY_UNAVAILABLE = new Meaning(
            "A package of the lock file cannot be fetched: its registry has it no more, or is not reached after ten tries.",
            "what each address answered",
            "Choose a version that the registry has; or deploy again once it answers.");
    static final Meaning DEPENDENCY_HASH_MISMATCH = new Meaning(
            "A package is not what the lock file says.",
            "which address gave something else, and both hashes",
            "Run `npm install` again and look at what changes in the lock file: somebody may have replaced the package.");
    static final Meaning DEPENDENCIES_TIMED_OUT = new Meaning(
            "The packages of the lock file could not be fetched in 15 minutes, ten times over.",
            Meaning.NONE,
            "Deploy again once the registry is faster; what was fetched is kept.");
    static final Meaning EXPRESSION_INVALID = new Meaning(
            "The Nix expression cannot be evaluated, or needs too much time or memory.",
            "what Nix said",
            "Evaluate it on your own machine with `nix-instantiate`.");
    static final Meaning EXPRESSION_REFUSED = new Meaning(
            "The Nix expression asks for something outside of its folder or of the sandbox.",
            "what it asked for",
            "Use files of the repository and packages of the package set only.");
    static final Meaning BUILD_SCRIPT_FAILED = new Meaning(
            "The app's build script, or a package's install script, ended with an error.",
            LAST_LINES,
            "Run the script on a fresh clone; there is no network while it builds.");
    static final Meaning BUILD_OUT_OF_MEMORY = new Meaning(
            "The build was ended for its memory, by the kernel or by its own runtime.",
            LAST_LINES,
            "Let the build use less (`NODE_OPTIONS=--max-old-space-size`), or ask for a larger builder.");
    static final Meaning BUILD_WENT_SILENT = new Meaning(
            "The build printed nothing for 15 minutes.",
            LAST_LINES,
            "Look for a script that waits for input, starts a server or watches files.");
    static final Meaning BUILD_TIMED_OUT =
            new Meaning("The build took more than 30 minutes.", LAST_LINES, "Do less in the build script.");
    static final Meaning NO_SPACE = new Meaning(
            "A disk of the platform is full: the builder's, the registry's or a host's.",
            "the line that said so, or how much is needed and free",
            "Ask the operator to make room, or make the app smaller.");
    static final Meaning NIX_UNAVAILABLE = new Meaning(
            "The Nix daemon was away for as long as a build may wait for it.",
            "what its client said",
            "The operator starts it (`./berth up`); then deploy again.");
    static final Meaning REGISTRY_UNREACHABLE = new Meaning(
            "The registry was away for as long as a step may wait for it, or a host cannot reach it.",
            "what the connection broke off with",
            "The operator starts it (`./berth up`); then deploy again.");
    static final Meaning REGISTRY_REFUSED = new Meaning(
            "The registry does not take Berth's token, or refuses a request.",
            REGISTRY_WORDS,
            "The operator compares the registry's certificate with Berth's key.");
    static final Meaning IMAGE_NOT_PULLED = new Meaning(
            "A host could not fetch the image, and the registry has it.",
            "what Swarm said, and what the engine says when it is asked to fetch it again",
            "Deploy again; if it stays so, the evidence is for the operator.");
    static final Meaning IMAGE_MISSING =
            new Meaning("The registry no longer has the image.", REGISTRY_WORDS, "Rebuild the service.");

    private BuildMeanings() {}
}
