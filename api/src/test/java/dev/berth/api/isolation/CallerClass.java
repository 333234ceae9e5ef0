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
    };

    abstract Map<String, String> headers(World theirs, World own);

    boolean isStranger() {
        return this == STRANGER || this == STRANGER_IN_PERSON;
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Map<String, String> person(String cookie, UUID organization) {
        return Map.of("Cookie", cookie, "X-Berth-Request", "console", "X-Berth-Org", organization.toString());
    }
}
