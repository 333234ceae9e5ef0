package dev.berth.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What a one-machine installation starts with: an organisation, its platform admin and one token. */
public final class LocalSeed {
    private static final String SLUG = "local";

    private static final Duration LINK = Duration.ofHours(1);

    private LocalSeed() {}

    /** The organisation that the first admin comes into; empty where this installation was not seeded. */
    public static Optional<UUID> organization(Organizations organizations) {
        return organizations.findBySlug(SLUG);
    }

    /**
     * A link for the first person who runs the platform, good for an hour and for once; an earlier one works no more. Empty once
     * there is a platform admin who signs in with a password.
     */
    public static Optional<RandomSecret> firstAdminLink(DataSource dataSource) {
        return new Tenancy(dataSource).asPlatform("first admin", () -> {
            if (new People(dataSource).hasAdminWithPassword()) {
                return Optional.empty();
            }
            RandomSecret secret = RandomSecret.generate();
            new OneTimeLinks(dataSource)
                    .insert(
                            OneTimeLinks.Purpose.FIRST_ADMIN,
                            Optional.empty(),
                            Optional.empty(),
                            secret,
                            Instant.now().plus(LINK));
            return Optional.of(secret);
        });
    }

    /** Makes them on the first call; {@code token} stays valid and later calls change nothing. */
    public static void plant(DataSource dataSource, ApiToken token) {
        Organizations organizations = new Organizations(dataSource);
        Tokens tokens = new Tokens(dataSource);
        if (tokens.authenticate(token).isPresent()) {
            return;
        }
        new Tenancy(dataSource).asPlatform("first start", () -> {
            UUID organization = organizations.findBySlug(SLUG).orElseGet(() -> {
                UUID id = Ids.next();
                organizations.insert(id, "Local", SLUG);
                return id;
            });
            UUID admin = Ids.next();
            organizations.insertUser(admin, "admin-" + admin + "@localhost", "Local admin", true);
            organizations.insertMembership(organization, admin, "owner");
            tokens.insert(Ids.next(), organization, admin, "first start", token);
        });
    }
}
