package dev.berth.api.access;

/** What a controller method asks of its caller. */
public enum Permission {
    /** Anybody may, signed in or not. */
    NOTHING,
    /** See the organisation's things: every member. */
    READ,
    /** Change them: every member but viewers. */
    CHANGE;

    /** @param role of the caller in the organisation: owner, admin, developer or viewer */
    boolean isHeldBy(String role) {
        return switch (this) {
            case NOTHING, READ -> true;
            case CHANGE -> !role.equals("viewer");
        };
    }
}
