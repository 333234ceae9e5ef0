package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Words that a browser keeps for us: signed, with an end, readable by whoever has them. What they are for is the first word, so
 * that one kind is no other.
 */
record SignedText(Seal seal, String kind, Clock clock) {
    /** @param words without dots */
    String write(Duration life, String... words) {
        String end = Long.toString(clock.instant().plus(life).getEpochSecond());
        String text = String.join(
                ".", Stream.concat(Stream.of(kind, end), Stream.of(words)).toList());
        return text + "." + signature(text);
    }

    /** The words; empty for what we did not sign, of another kind, or over. */
    Optional<List<String>> read(String value) {
        int cut = value.lastIndexOf('.');
        String text = cut < 0 ? "" : value.substring(0, cut);
        if (!MessageDigest.isEqual(
                signature(text).getBytes(UTF_8), value.substring(cut + 1).getBytes(UTF_8))) {
            return Optional.empty();
        }
        List<String> parts = List.of(text.split("\\.", -1));
        return parts.size() > 2 && parts.getFirst().equals(kind) && !isOver(parts.get(1))
                ? Optional.of(parts.subList(2, parts.size()))
                : Optional.empty();
    }

    private boolean isOver(String end) {
        return clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(end)));
    }

    private String signature(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal.signature(text));
    }
}
