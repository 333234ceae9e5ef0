package dev.berth.api.isolation;

import dev.berth.api.contract.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who asks for the things of {@code theirs}, as the headers that say so. */
enum CallerClass {
    NOBODY {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return Map.of();
        }
    },
    MALFORMED {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer("berth_'; drop table users; --");
        }
    },
    EXPIRED {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = theirs.person("owner");
            String token = theirs.token(user, "admin", Optional.empty());
            theirs.change("update api_tokens set expires_at = now() - interval '1 second' where user_id = ?", user);
            return bearer(token);
        }
    },
    REVOKED {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = theirs.person("owner");
            String token = theirs.token(user, "admin", Optional.empty());
            theirs.change("update api_tokens set revoked_at = now() where user_id = ?", user);
            return bearer(token);
        }
    },
    DISABLED {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = theirs.person("owner");
            String token = theirs.token(user, "admin", Optional.empty());
            theirs.change("update users set disabled_at = now() where id = ?", user);
            return bearer(token);
        }
    },
    LEFT {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = theirs.person("owner");
            String token = theirs.token(user, "admin", Optional.empty());
            theirs.change("delete from memberships where user_id = ?", user);
            return bearer(token);
        }
    },
    STRANGER {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(own.token(own.owner(), "admin", Optional.empty()));
        }
    },
    STRANGER_IN_PERSON {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return person(own.session(own.owner()), own.organization());
        }
    },
    VIEWER {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token("viewer"));
        }
    },
    DEVELOPER {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token("developer"));
        }
    },
    ADMIN {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token("admin"));
        }
    },
    OWNER {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token("owner"));
        }
    },
    READ_TOKEN {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token(theirs.owner(), "read", Optional.empty()));
        }
    },
    DEPLOY_TOKEN {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token(theirs.owner(), "deploy", Optional.empty()));
        }
    },
    LIMITED_HERE {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token(theirs.owner(), "admin", Optional.of(theirs.id("serviceId"))));
        }
    },
    LIMITED_ELSEWHERE {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(theirs.token(theirs.owner(), "admin", Optional.of(theirs.id("otherServiceId"))));
        }
    },
    GRANTED_HERE {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = theirs.person("viewer");
            theirs.grant(user, theirs.id("serviceId"));
            return bearer(theirs.token(user, "admin", Optional.empty()));
        }
    },
    GRANTED_ELSEWHERE {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = theirs.person("viewer");
            theirs.grant(user, theirs.id("otherServiceId"));
            return bearer(theirs.token(user, "admin", Optional.empty()));
        }
    },
    IN_PERSON {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return person(theirs.session(theirs.owner()), theirs.organization());
        }
    },
    VIEWER_IN_PERSON {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return person(theirs.session(theirs.person("viewer")), theirs.organization());
        }
    },
    /** What a form on another site can make the owner's browser send. */
    FORGED {
        @Override
        Map<String, String> headers(World theirs, World own) {
            Map<String, String> headers = new HashMap<>(IN_PERSON.headers(theirs, own));
            headers.remove("X-Berth-Request");
            return headers;
        }
    },
    /** An admin of the platform who belongs to no organisation. */
    PLATFORM_ADMIN {
        @Override
        Map<String, String> headers(World theirs, World own) {
            Map<String, String> headers = new HashMap<>(PLATFORM_NAMING.headers(theirs, own));
            headers.remove("X-Berth-Org");
            return headers;
        }
    },
    /** The same, who says that it is about the others' organisation. */
    PLATFORM_NAMING {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return person(theirs.session(promoted(theirs, theirs.person("nobody"))), theirs.organization());
        }
    },
    PLATFORM_TOKEN {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(own.token(promoted(own, own.owner()), "admin", Optional.empty()));
        }
    },
    PLATFORM_DEPLOYS {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(own.token(promoted(own, own.owner()), "deploy", Optional.empty()));
        }
    },
    PLATFORM_READS {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(own.token(promoted(own, own.owner()), "read", Optional.empty()));
        }
    },
    PLATFORM_LIMITED {
        @Override
        Map<String, String> headers(World theirs, World own) {
            return bearer(own.token(promoted(own, own.owner()), "admin", Optional.of(own.id("serviceId"))));
        }
    },
    /** A token dies with the membership that it was made under, whatever else its holder is. */
    PLATFORM_LEFT {
        @Override
        Map<String, String> headers(World theirs, World own) {
            UUID user = promoted(theirs, theirs.person("nobody"));
            return bearer(theirs.token(user, "admin", Optional.empty()));
        }
    };

    abstract Map<String, String> headers(World theirs, World own);

    /** Whether there is another organisation that is the caller's own. */
    boolean isStranger() {
        return switch (this) {
            case STRANGER, STRANGER_IN_PERSON, PLATFORM_TOKEN, PLATFORM_DEPLOYS, PLATFORM_READS, PLATFORM_LIMITED ->
                true;
            default -> false;
        };
    }

    /** Whether the caller proves who they are and has no part in the organisation that is asked about. */
    boolean isOutside() {
        return isStranger() || this == PLATFORM_ADMIN || this == PLATFORM_NAMING;
    }

    private static UUID promoted(World world, UUID user) {
        world.change("update users set platform_admin = true where id = ?", user);
        return user;
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Map<String, String> person(String cookie, UUID organization) {
        return Map.of("Cookie", cookie, "X-Berth-Request", "console", "X-Berth-Org", organization.toString());
    }
}
