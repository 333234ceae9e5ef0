package dev.berth.store;

import java.util.List;
import javax.sql.DataSource;

/** Those that hold rows of organisations. */
record Repositories(
        Tenancy tenancy,
        Services services,
        Builds builds,
        BuildLogs logs,
        Deployments deployments,
        Releases releases,
        Endpoints endpoints,
        Operations operations,
        Cancellations cancellations,
        Holds holds,
        Quotas quotas,
        Utilisation utilisation,
        Steps steps,
        Routes routes,
        Canaries canaries,
        Audit audit,
        IdempotencyKeys keys,
        Organizations organizations,
        Memberships memberships,
        Tokens tokens,
        Invitations invitations,
        Grants grants) {
    /** And those whose rows belong to people or to everybody. */
    static final List<Class<?>> OF_NO_ORGANIZATION = List.of(
            Tenancy.class,
            People.class,
            Sessions.class,
            Identities.class,
            OneTimeLinks.class,
            SecondFactors.class,
            Templates.class,
            Hosts.class);

    static Repositories of(DataSource source) {
        return new Repositories(
                new Tenancy(source),
                new Services(source),
                new Builds(source),
                new BuildLogs(source),
                new Deployments(source),
                new Releases(source),
                new Endpoints(source),
                new Operations(source),
                new Cancellations(source),
                new Holds(source),
                new Quotas(source),
                new Utilisation(source),
                new Steps(source),
                new Routes(source),
                new Canaries(source),
                new Audit(source),
                new IdempotencyKeys(source),
                new Organizations(source),
                new Memberships(source),
                new Tokens(source),
                new Invitations(source),
                new Grants(source));
    }
}
