package dev.berth.domain;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of a service's single fields. Each answers what is wrong, as the end of a sentence that begins with the field. */
final class ServiceRules {
    private static final int NAME_LENGTH = 100;
    private static final int URL_LENGTH = 2_048;
    private static final int BRANCH_LENGTH = 255;
    private static final int PATH_LENGTH = 512;
    private static final int ENV_COUNT = 200;
    private static final int ENV_VALUE_LENGTH = 32_768;
    private static final int ENV_LENGTH = 262_144;
    private static final BigDecimal LEAST_CPU = new BigDecimal("0.01");
    private static final BigDecimal MOST_CPU = new BigDecimal(64);

    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    /**
     * Characters of a path and a query: RFC 3986, section 3.3 and 3.4. Not two slashes first: section 4.2 takes what follows
     * them for a host, and so did versions of Traefik.
     */
    private static final Pattern HEALTH_PATH =
            Pattern.compile("/(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*");
    /** What {@code git check-ref-format} refuses anywhere in a name. */
    private static final Pattern NOT_IN_BRANCH = Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|/\\.");

    private ServiceRules() {}

    static Optional<String> problemOfName(String name) {
        if (name.isBlank() || name.strip().codePointCount(0, name.strip().length()) > NAME_LENGTH) {
            return Optional.of("must have 1 to %d characters".formatted(NAME_LENGTH));
        }
        return name.codePoints().allMatch(ServiceRules::isPrintable)
                ? Optional.empty()
                : Optional.of("must not contain control characters");
    }

    static Optional<String> problemOfGitUrl(String url) {
        if (url.length() > URL_LENGTH) {
            return Optional.of("must have at most %d characters".formatted(URL_LENGTH));
        }
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            // Its message repeats the URL, which may carry a password.
            return Optional.of("is not a URL");
        }
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.of("must start with https:// or http://");
        }
        String authority = address.getRawAuthority();
        if (authority != null && authority.contains("@")) {
            return Optional.of(
                    "must not contain a user name or password; they would be shown to everybody who may see the "
                            + "service");
        }
        if (address.getHost() == null) {
            return Optional.of("must name a host");
        }
        if (address.getPort() == 0 || address.getPort() > 65_535) {
            return Optional.of("must have a port from 1 to 65535");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            return Optional.of("must not have a query or a fragment");
        }
        if (!url.codePoints().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.of("must be written in ASCII; encode other characters with %");
        }
        return address.getRawPath().length() > 1
                ? Optional.empty()
                : Optional.of("must name a repository, not only a host");
    }

    static Optional<String> problemOfGitBranch(String branch) {
        if (branch.isEmpty() || branch.length() > BRANCH_LENGTH) {
            return Optional.of("must have 1 to %d characters".formatted(BRANCH_LENGTH));
        }
        boolean refused = NOT_IN_BRANCH.matcher(branch).find()
                || branch.startsWith("-")
                || branch.startsWith("/")
                || branch.startsWith(".")
                || branch.endsWith("/")
                || branch.endsWith(".")
                || branch.endsWith(".lock")
                || branch.equals("@")
                || !branch.codePoints().allMatch(ServiceRules::isPrintable);
        return refused ? Optional.of("is not a name that Git allows for a branch") : Optional.empty();
    }

    static Optional<String> problemOfCpuLimit(BigDecimal processors) {
        // The range first: rescaling 1e999999999 would fill the memory with zeros.
        if (processors.compareTo(LEAST_CPU) < 0 || processors.compareTo(MOST_CPU) > 0) {
            return Optional.of("must be a number from %s to %s".formatted(LEAST_CPU, MOST_CPU));
        }
        return processors.stripTrailingZeros().scale() <= 3
                ? Optional.empty()
                : Optional.of("must have at most three decimals");
    }

    static Optional<String> problemOfHealthPath(String path) {
        if (path.length() > PATH_LENGTH) {
            return Optional.of("must have at most %d characters".formatted(PATH_LENGTH));
        }
        return HEALTH_PATH.matcher(path).matches()
                ? Optional.empty()
                : Optional.of("must start with one / and hold only characters of a URL's path and query");
    }

    static List<Violation> problemsOfEnv(Map<String, String> env) {
        List<Violation> found = new ArrayList<>();
        if (env.size() > ENV_COUNT) {
            return List.of(Violation.of("env", "must have at most %d variables".formatted(ENV_COUNT)));
        }
        env.forEach((name, value) -> {
            problemOfEnvName(name).ifPresent(sentence -> found.add(Violation.inside("env", name, sentence)));
            problemOfEnvValue(value).ifPresent(sentence -> found.add(Violation.inside("env", name, sentence)));
        });
        if (env.values().stream().mapToLong(String::length).sum() > ENV_LENGTH) {
            found.add(Violation.of("env", "must have at most %d characters in all".formatted(ENV_LENGTH)));
        }
        return found;
    }

    private static Optional<String> problemOfEnvName(String name) {
        if (!ENV_NAME.matcher(name).matches()) {
            return Optional.of("must have a name of 1 to 128 letters, digits and _ that does not start with a digit");
        }
        return name.equals("PORT")
                ? Optional.of("must not be set: the app gets PORT from the field port")
                : Optional.empty();
    }

    private static Optional<String> problemOfEnvValue(String value) {
        if (value.length() > ENV_VALUE_LENGTH) {
            return Optional.of("must have at most %d characters".formatted(ENV_VALUE_LENGTH));
        }
        // An environment cannot carry NUL, and no encoding carries half a surrogate pair.
        return value.codePoints().allMatch(c -> c != 0 && !isSurrogate(c))
                ? Optional.empty()
                : Optional.of("must not contain NUL or half a surrogate pair");
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint) && !isSurrogate(codePoint);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
