package dev.berth.api.quota;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.VersionTag;
import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import dev.berth.store.Audit;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Organization;
import dev.berth.store.Organizations;
import dev.berth.store.Quotas;
import dev.berth.store.Quotas.Defaults;
import dev.berth.store.Quotas.Quota;
import dev.berth.store.Tenancy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the platform's admins say about limits. What an organisation has above a new limit stays; it only gets no more. */
@Component
class QuotaDesk {
    private final Tenancy tenancy;
    private final Quotas quotas;
    private final Organizations organizations;
    private final AuditTrail trail;

    QuotaDesk(Tenancy tenancy, Quotas quotas, Organizations organizations, AuditTrail trail) {
        this.tenancy = tenancy;
        this.quotas = quotas;
        this.organizations = organizations;
        this.trail = trail;
    }

    OverridesView overrides(UUID organizationId) {
        return OverridesView.of(tenancy.asPlatform("quotas", () -> row(organizationId)));
    }

    /** @param ifMatch which version the caller means, see {@link VersionTag} */
    OverridesView change(Caller caller, UUID organizationId, @Nullable String ifMatch, Map<Resource, Long> overrides) {
        return OverridesView.of(tenancy.asPlatform("quotas", () -> {
            Organization organization =
                    organizations.find(organizationId).orElseThrow(() -> ProblemException.notFound("organisation"));
            quotas.hold(organizationId);
            Quota present = row(organizationId);
            VersionTag.check(ifMatch, present.version());
            quotas.change(organizationId, overrides);
            trail.done(
                    organizationId,
                    trail.actor(caller),
                    "quota.change",
                    new Subject("organization", Optional.of(organizationId), organization.name()),
                    fields(resource -> !Optional.ofNullable(present.overrides().get(resource))
                            .equals(Optional.ofNullable(overrides.get(resource)))));
            return row(organizationId);
        }));
    }

    DefaultsView defaults() {
        return DefaultsView.of(tenancy.asPlatform("quotas", quotas::defaults));
    }

    /** @param ifMatch which version the caller means, see {@link VersionTag} */
    DefaultsView changeDefaults(Caller caller, @Nullable String ifMatch, Amounts limits) {
        return DefaultsView.of(tenancy.asPlatform("quotas", () -> {
            quotas.holdDefaults();
            Defaults present = quotas.defaults();
            VersionTag.check(ifMatch, present.version());
            quotas.changeDefaults(limits);
            trail.done(
                    Audit.PLATFORM,
                    trail.actor(caller),
                    "quota_defaults.change",
                    new Subject("platform", Optional.empty(), "quota defaults"),
                    fields(resource -> present.limits().of(resource) != limits.of(resource)));
            return quotas.defaults();
        }));
    }

    private Quota row(UUID organizationId) {
        return quotas.find(organizationId).orElseThrow(() -> ProblemException.notFound("organisation"));
    }

    private static Map<String, String> fields(Predicate<Resource> changed) {
        return Map.of(
                "fields",
                Arrays.stream(Resource.values())
                        .filter(changed)
                        .map(Resource::word)
                        .collect(Collectors.joining(", ")));
    }
}
