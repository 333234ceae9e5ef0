package dev.berth.api.access;

/** What a controller method asks of its caller; {@code docs/ACCESS.md} says who holds it. */
public enum Permission {
    /** Anybody may, signed in or not. */
    NOTHING,
    /** Have an account or a token; about the caller alone, whatever the organisation. */
    SIGNED_IN,
    /** Be there in person: signed in with a session, since no token may change a password or make a session. */
    IN_PERSON,
    /** See the organisation's things: every member. */
    READ,
    /** Change its services and deploy them: developers and above, and whom a grant says so for the service. */
    DEPLOY,
    /** Members, invitations, tokens, grants, audit: admins and above. */
    ADMINISTER,
    /** Rename and delete the organisation, make and unmake owners: owners. */
    OWN,
    /** What belongs to no organisation: the platform's admins. */
    OPERATE;

    /** @param role of the caller in the organisation: owner, admin, developer or viewer */
    boolean isHeldBy(String role) {
        return switch (this) {
            case NOTHING, SIGNED_IN, IN_PERSON, READ -> true;
            case DEPLOY -> !role.equals("viewer");
            case ADMINISTER -> role.equals("owner") || role.equals("admin");
            case OWN -> role.equals("owner");
            case OPERATE -> false;
        };
    }
}
