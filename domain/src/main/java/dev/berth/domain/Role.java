package dev.berth.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a member may do in an organisation, from least to most; each may what those before it may. */
public enum Role {
    VIEWER,
    DEVELOPER,
    ADMIN,
    OWNER;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** What somebody with this role may invite others to be: nobody who is no admin invites, and no more than they are. */
    public List<Role> mayInvite() {
        return includes(ADMIN) ? Arrays.stream(values()).filter(this::includes).toList() : List.of();
    }

    /** As columns and answers have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that names none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
