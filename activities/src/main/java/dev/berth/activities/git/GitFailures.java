package dev.berth.activities.git;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.DiskFull;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.outbound.AddressRefusedException;
import io.temporal.failure.ApplicationFailure;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** Says in the user's words what went wrong with a repository. */
final class GitFailures {
    /** What the JDK says when {@link AdmittedRelay} opens no connection to an address. */
    private static final String REFUSED_BY_RELAY = "SOCKS: Connection not allowed";

    private GitFailures() {}

    /** @param lastStatus of HTTP, 0 where nothing answered */
    static ApplicationFailure explain(Exception failed, GitUrl url, int lastStatus) {
        return ActivityFailures.of(failureOf(failed, url, lastStatus).withEvidence(url.redact(messages(failed))));
    }

    private static Failure failureOf(Exception failed, GitUrl url, int lastStatus) {
        Optional<String> refusal = refusal(failed, url);
        if (refusal.isPresent()) {
            return Failure.of(
                    FailureCode.REPOSITORY_NOT_ALLOWED,
                    refusal.get() + " Berth does not fetch " + url + " from there.",
                    "Use a repository on the public Internet, or ask the operator to add the host to GIT_ALLOWED_HOSTS.");
        }
        if (DiskFull.isBehind(failed)) {
            return Failure.of(
                    FailureCode.NO_SPACE,
                    "The builder's disk is full.",
                    "Ask the platform's operator to make room; what serves now is not affected.");
        }
        Optional<TooLargeException> tooLarge = find(failed, TooLargeException.class);
        if (tooLarge.isPresent()) {
            return Failure.of(
                    FailureCode.REPOSITORY_TOO_LARGE,
                    "The repository " + url + " is too large: it has "
                            + tooLarge.get().getMessage() + ".",
                    "Keep large files elsewhere, such as in object storage.");
        }
        if (lastStatus == 401 || lastStatus == 403) {
            return Failure.of(
                    FailureCode.REPOSITORY_AUTHENTICATION,
                    "The repository " + url
                            + (url.credentials().isPresent()
                                    ? " refuses the credentials in its address."
                                    : " is private, or it does not exist: the server asks for credentials."),
                    "Check the address; for a private repository, give one with an access token that may read it.");
        }
        if (lastStatus == 404
                || lastStatus == 410
                || (lastStatus == 200
                        && find(failed, NoRemoteRepositoryException.class).isPresent())) {
            return Failure.of(
                    FailureCode.REPOSITORY_NOT_FOUND,
                    "There is no Git repository at " + url + ".",
                    "Check the address: git clone must work with it.");
        }
        return unreachable(failed, url, lastStatus);
    }

    private static Failure unreachable(Exception failed, GitUrl url, int lastStatus) {
        String unread = "The repository " + url + " could not be read: ";
        if (find(failed, UnknownHostException.class).isPresent()) {
            return Failure.of(
                    FailureCode.REPOSITORY_HOST_UNKNOWN,
                    unread + "there is no host named " + url.host() + ".",
                    "Check the host in the address, and deploy again.");
        }
        if (find(failed, SSLException.class).isPresent()) {
            return Failure.of(
                    FailureCode.REPOSITORY_CERTIFICATE,
                    unread + url.host() + " has no valid certificate.",
                    "Renew the server's certificate; Berth does not fetch without one.");
        }
        if (find(failed, SocketTimeoutException.class).isPresent()
                || find(failed, TimeoutException.class).isPresent()) {
            return Failure.of(
                    FailureCode.REPOSITORY_TIMED_OUT,
                    unread + url.host() + " did not answer in time.",
                    "Deploy again once the server is faster, or make the repository smaller.");
        }
        return Failure.of(
                FailureCode.REPOSITORY_UNREACHABLE,
                unread + trouble(failed, url, lastStatus) + ".",
                "Deploy again once the server answers.");
    }

    private static Optional<String> refusal(Exception failed, GitUrl url) {
        return find(failed, AddressRefusedException.class)
                .map(Throwable::getMessage)
                .or(() -> find(failed, SocketException.class)
                        .filter(socket -> String.valueOf(socket.getMessage()).startsWith(REFUSED_BY_RELAY))
                        .map(changed -> "The host " + url.host() + " changes its address between two look-ups."));
    }

    private static String trouble(Exception failed, GitUrl url, int lastStatus) {
        if (lastStatus >= 400) {
            return url.host() + " answered " + lastStatus;
        }
        if (find(failed, SocketException.class).isPresent()) {
            return url.host() + " cannot be connected to";
        }
        return "the conversation broke off";
    }

    private static <T extends Throwable> Optional<T> find(Throwable failed, Class<T> kind) {
        return chain(failed).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static String messages(Throwable failed) {
        return chain(failed)
                .map(Throwable::getMessage)
                .filter(message -> message != null)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Throwable> chain(Throwable failed) {
        return Stream.<Throwable>iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
