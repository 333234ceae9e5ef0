package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What may be a password here: long enough, none that many people had before, and not made of words that anybody would try first
 * for this person at this place. Any characters, in any mixture: OWASP ASVS 5.0, 6.2.
 */
@Component
class PasswordRules {
    private static final String LIST = "common-passwords.txt";
    /** Letters that must be left when everything guessable is taken away. */
    private static final int OWN_LETTERS = 6;
    /** Two letters are in every other word. */
    private static final int SHORTEST_WORD = 3;

    private static final int SHORTEST_UNIT = 4;
    private static final String PRODUCT = "berth";
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
    private static final Pattern END = Pattern.compile("[^\\p{L}]+$");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<String> COMMON = common();

    private final List<String> placeWords;

    PasswordRules(Settings settings) {
        this.placeWords = List.of(
                PRODUCT, Optional.ofNullable(settings.clientUrl().getHost()).orElse(""), settings.appsDomain());
    }

    /**
     * A new password.
     *
     * @param guessable the person's names, addresses and organisations
     * @throws InvalidInputException where it is missing or easily guessed; says what would do
     */
    String require(String field, @Nullable String text, String... guessable) {
        String password = Text.required(field, text);
        violation(password, guessable).ifPresent(problem -> {
            throw new InvalidInputException(List.of(Violation.of(field, problem)));
        });
        return password;
    }

    private Optional<String> violation(String password, String... guessable) {
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            return Optional.of("must have %d to %d characters".formatted(Passwords.SHORTEST, Passwords.LONGEST));
        }
        String folded = password.strip().toLowerCase(Locale.ROOT);
        if (isCommon(folded)) {
            return Optional.of("is one of the passwords that are tried first, because many people have it;"
                    + " take several words that do not belong together");
        }
        return isMadeOf(folded, words(guessable))
                ? Optional.of(
                        "is made of what anybody would guess: Berth, this place's address, your name, e-mail address"
                                + " or organisation; take other words")
                : Optional.empty();
    }

    /** Whether it stands in the list as it is, with figures and signs around it, or several times over. */
    private static boolean isCommon(String folded) {
        return Stream.of(
                                folded,
                                END.matcher(folded).replaceAll(""),
                                EDGES.matcher(folded).replaceAll(""))
                        .anyMatch(COMMON::contains)
                || unit(folded).filter(PasswordRules::isCommonUnit).isPresent();
    }

    private static boolean isCommonUnit(String unit) {
        return unit.length() < SHORTEST_UNIT || COMMON.contains(unit);
    }

    /** What it repeats, the last time perhaps in part; empty where it repeats nothing. */
    private static Optional<String> unit(String text) {
        for (int length = 1; length <= text.length() / 2; length++) {
            if (text.startsWith(text.substring(length))) {
                return Optional.of(text.substring(0, length));
            }
        }
        return Optional.empty();
    }

    private static boolean isMadeOf(String folded, List<String> words) {
        String left = folded;
        for (String word : words) {
            left = left.replace(word, " ");
        }
        return !left.equals(folded) && left.chars().filter(Character::isLetter).count() < OWN_LETTERS;
    }

    /** The longest first, so that a part of one does not keep the rest of it. */
    private List<String> words(String... guessable) {
        return Stream.concat(placeWords.stream(), Arrays.stream(guessable))
                .flatMap(text -> BETWEEN_WORDS.splitAsStream(text.toLowerCase(Locale.ROOT)))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Set<String> common() {
        try (InputStream list = PasswordRules.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(LIST + " is missing in this build");
            }
            return new String(list.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
