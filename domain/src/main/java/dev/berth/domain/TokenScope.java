package dev.berth.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The most that a token may do, whatever its holder may; each includes those before it. */
public enum TokenScope {
    READ(Role.VIEWER),
    DEPLOY(Role.DEVELOPER),
    ADMIN(Role.ADMIN);

    private final Role role;

    TokenScope(Role role) {
        this.role = role;
    }

    public boolean includes(TokenScope other) {
        return compareTo(other) >= 0;
    }

    /** The role that a person needs to hand out such a token. */
    public Role role() {
        return role;
    }

    /** As columns and answers have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that names none. */
    public static Optional<TokenScope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}
