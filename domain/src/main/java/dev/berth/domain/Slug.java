package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a service in host names and on its organisation's network: unique in the organisation.
 *
 * <p>A DNS label (RFC 1123, section 2.1) of at most {@value #LENGTH} characters, which leaves room in the label's 63 for the
 * suffix that keeps host names apart where two organisations chose the same slug.
 */
public record Slug(String value) {
    public static final int LENGTH = 40;
    public static final String FORMAT = "[a-z]([a-z0-9]|-(?=[a-z0-9])){0,39}";

    private static final Pattern PATTERN = Pattern.compile(FORMAT);

    /** Names that mislead where they stand before the platform's own domain, or that resolve to something else in a container. */
    private static final Set<String> RESERVED =
            Set.of("admin", "api", "berth", "console", "edge", "localhost", "registry", "temporal", "traefik", "www");

    private static final String RULE = "must be 1 to 40 lower-case letters, digits and single hyphens, "
            + "start with a letter and not end with a hyphen";

    public Slug {
        requireNonNull(value, "value is null");
        problemOf(value).ifPresent(sentence -> {
            throw new IllegalArgumentException("Not a slug: it " + sentence);
        });
    }

    /** What keeps {@code text} from being a slug; empty for a good one. */
    public static Optional<String> problemOf(String text) {
        if (!PATTERN.matcher(text).matches()) {
            return Optional.of(RULE);
        }
        return RESERVED.contains(text) ? Optional.of("is a name that the platform keeps for itself") : Optional.empty();
    }

    /** The slug that a name suggests: {@code "Grüße, Welt!"} gives {@code gru-e-welt}; empty where nothing of it is usable. */
    public static Optional<Slug> suggestedBy(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+", "");
        String cut = (plain.length() <= LENGTH ? plain : plain.substring(0, LENGTH)).replaceAll("-+$", "");
        return problemOf(cut).isEmpty() ? Optional.of(new Slug(cut)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
