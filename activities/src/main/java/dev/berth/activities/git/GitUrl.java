package dev.berth.activities.git;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The address of a repository, {@code https://host/path}, with or without credentials. Nothing that it prints shows them.
 *
 * @param uri without credentials
 * @param credentials what stood before the {@code @}
 */
public record GitUrl(URI uri, Optional<Credentials> credentials) {
    private static final Set<String> SCHEMES = Set.of("https", "http");

    /** @param text as the user gave it; a failure never repeats it, since it may hold credentials */
    public static GitUrl parse(String text) {
        URI given;
        try {
            given = new URI(text.strip());
        } catch (URISyntaxException malformed) {
            throw refused("The repository's address is not a URL.");
        }
        String scheme = Optional.ofNullable(given.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw refused("Berth fetches repositories over https:// and http:// only.");
        }
        if (given.getHost() == null || given.getRawQuery() != null || given.getRawFragment() != null) {
            throw refused("The repository's address is not of the form https://host/path.");
        }
        try {
            URI bare = new URI(
                    scheme,
                    null,
                    given.getHost().toLowerCase(Locale.ROOT),
                    given.getPort(),
                    Optional.ofNullable(given.getPath()).orElse("/"),
                    null,
                    null);
            return new GitUrl(bare, Optional.ofNullable(given.getUserInfo()).map(Credentials::parse));
        } catch (URISyntaxException malformed) {
            throw refused("The repository's address is not of the form https://host/path.");
        }
    }

    public String host() {
        return uri.getHost();
    }

    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    /** Takes the credentials out of a text that others made, such as the message of an exception. */
    public String redact(String text) {
        return credentials.map(secret -> secret.redact(text)).orElse(text).replaceAll("://[^/@\\s]+@", "://***@");
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static RuntimeException refused(String sentence) {
        return ActivityFailures.of(Failure.of(
                FailureCode.REPOSITORY_NOT_ALLOWED,
                sentence,
                "Give the address that git clone takes over HTTPS, such as https://host/owner/repository.git."));
    }

    /** A user's name and password, or a token in either place. */
    public record Credentials(String user, String password) {
        static Credentials parse(String userInfo) {
            int colon = userInfo.indexOf(':');
            return colon < 0
                    ? new Credentials(userInfo, "")
                    : new Credentials(userInfo.substring(0, colon), userInfo.substring(colon + 1));
        }

        String redact(String text) {
            String redacted = password.isEmpty() ? text : text.replace(password, "***");
            return user.isEmpty() || user.equals("git") ? redacted : redacted.replace(user, "***");
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
