package dev.berth.domain;

/** The words of {@link FailureCode.Phase#SOURCE}. */
final class SourceMeanings {
    private static final String CONVERSATION = "what the conversation with the server broke off with";

    static final Meaning REPOSITORY_NOT_FOUND = new Meaning(
            "The server says that there is no Git repository at the address.",
            CONVERSATION,
            "Correct the address: `git clone` must work with it.");
    static final Meaning REPOSITORY_AUTHENTICATION = new Meaning(
            "The server asks for credentials, or refuses those in the address.",
            CONVERSATION,
            "Give an address with an access token that may read the repository.");
    static final Meaning REPOSITORY_NOT_ALLOWED = new Meaning(
            "Berth does not fetch from this address: it is inside the platform's own network, or not HTTP.",
            "the address that was refused, without credentials",
            "Use a repository on the public Internet, or ask the operator for GIT_ALLOWED_HOSTS.");
    static final Meaning REPOSITORY_EMPTY =
            new Meaning("The repository has no commits.", Meaning.NONE, "Push a commit and deploy again.");
    static final Meaning REPOSITORY_TOO_LARGE = new Meaning(
            "The repository has more bytes or files than Berth takes.",
            "which limit it goes beyond",
            "Keep large files elsewhere, such as in object storage.");
    static final Meaning REPOSITORY_HOST_UNKNOWN = new Meaning(
            "The name of the repository's host does not resolve.",
            CONVERSATION,
            "Correct the host in the address, or wait until its name is known.");
    static final Meaning REPOSITORY_CERTIFICATE = new Meaning(
            "The repository's server shows no certificate that is valid for it.",
            "what is wrong with the certificate",
            "Renew the server's certificate; Berth does not fetch without one.");
    static final Meaning REPOSITORY_TIMED_OUT = new Meaning(
            "The repository's server said nothing for 20 seconds, or the fetch took more than five minutes.",
            CONVERSATION,
            "Deploy again once the server is faster, or make the repository smaller.");
    static final Meaning REPOSITORY_UNREACHABLE = new Meaning(
            "The repository's server cannot be connected to, or answers with an error.",
            CONVERSATION,
            "Deploy again once the server answers.");
    static final Meaning BRANCH_NOT_FOUND = new Meaning(
            "The repository has no such branch; the sentence names those that are called alike.",
            Meaning.NONE,
            "Set the service's branch to one of those, or push it.");
    static final Meaning COMMIT_NOT_FOUND = new Meaning(
            "The commit was overwritten after it was looked up, and the server gives it out no more.",
            Meaning.NONE,
            "Deploy again, which takes the branch's newest commit.");
    static final Meaning APP_NOT_RECOGNISED = new Meaning(
            "Nothing in the repository says how to build and start it.",
            Meaning.NONE,
            "Add what APPS.md lists for your kind of app.");
    static final Meaning APP_INVALID = new Meaning(
            "A file of the repository contradicts itself or cannot be used.",
            Meaning.NONE,
            "Mend the file that the sentence names, and push.");

    private SourceMeanings() {}
}
