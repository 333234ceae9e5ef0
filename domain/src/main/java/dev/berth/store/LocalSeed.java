package dev.berth.store;

import java.util.UUID;
import javax.sql.DataSource;

/** What a one-machine installation starts with: an organisation, its platform admin and one token. */
public final class LocalSeed {
    private static final String SLUG = "local";

    private LocalSeed() {}

    /** Makes them on the first call; {@code token} stays valid and later calls change nothing. */
    public static void plant(DataSource dataSource, ApiToken token) {
        Organizations organizations = new Organizations(dataSource);
        Tokens tokens = new Tokens(dataSource);
        new Tenancy(dataSource).asPlatform("first start", () -> {
            if (tokens.authenticate(token).isPresent()) {
                return;
            }
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
