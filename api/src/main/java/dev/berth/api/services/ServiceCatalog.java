package dev.berth.api.services;

import dev.berth.api.access.Permission;
import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.http.VersionTag;
import dev.berth.api.quota.RoomCheck;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.domain.DeployGates;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.OperationKind;
import dev.berth.domain.ServiceDraft;
import dev.berth.domain.ServiceSpec;
import dev.berth.domain.ServiceState;
import dev.berth.domain.Violation;
import dev.berth.domain.Volume;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.Volumes;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Holds;
import dev.berth.store.Ids;
import dev.berth.store.Operations;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Templates;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The services of an organisation: made, found, changed. */
@Component
class ServiceCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceCatalog.class);

    /** Six random characters collide once in two billion; more tries would only hide another mistake. */
    private static final int HOST_TRIES = 4;

    private final Tenancy tenancy;
    private final Services services;
    private final Holds holds;
    private final Operations operations;
    private final Templates templates;
    private final RoomCheck room;
    private final AuditTrail trail;
    private final KeptAnswers answers;
    private final Settings settings;

    ServiceCatalog(
            Tenancy tenancy,
            Services services,
            Holds holds,
            Operations operations,
            Templates templates,
            RoomCheck room,
            AuditTrail trail,
            KeptAnswers answers,
            Settings settings) {
        this.tenancy = tenancy;
        this.services = services;
        this.holds = holds;
        this.operations = operations;
        this.templates = templates;
        this.room = room;
        this.trail = trail;
        this.answers = answers;
        this.settings = settings;
    }

    Page<ServiceView> page(
            Caller caller,
            PageRequest page,
            Optional<ServiceState> status,
            Optional<UUID> templateId,
            Optional<String> search) {
        List<Service> rows = tenancy.readInOrg(
                caller.organizationId(),
                () -> services.page(
                        caller.organizationId(),
                        new Services.Filter(
                                status, templateId, search, caller.token().flatMap(Caller.Token::serviceId)),
                        page.after(),
                        page.rows()));
        return Page.of(rows, page.limit(), service -> new Cursor(service.createdAt(), service.id()), this::view);
    }

    ServiceView get(Caller caller, UUID serviceId) {
        return view(tenancy.readInOrg(caller.organizationId(), () -> services.find(caller.service(serviceId)))
                .orElseThrow(() -> ProblemException.notFound("service")));
    }

    ServiceView create(Caller caller, ServiceDraft draft) {
        ServiceSpec spec = draft.create();
        requireAdmin(caller, Optional.empty(), DeployGates.OPEN, spec.rollout().gates());
        requireOffered(Optional.empty(), spec.volumeMb());
        String host = spec.slug().value();
        for (int tries = 1; ; tries++) {
            Service service = ServiceRows.create(Ids.next(), caller.organizationId(), host, spec);
            try {
                return tenancy.inOrg(caller.organizationId(), () -> insert(caller, service));
            } catch (DuplicateKeyException taken) {
                if (tries == HOST_TRIES) {
                    throw taken;
                }
                // Another organisation has the host, or this one the slug since we looked; the next round finds out.
                LOG.debug("Host {} is taken", host);
                host = ServiceRows.hostBeside(spec.slug());
            }
        }
    }

    private ServiceView insert(Caller caller, Service service) {
        answers.claim();
        service.templateId().ifPresent(this::requireTemplate);
        if (services.hasSlug(service.organizationId(), service.slug())) {
            throw new ProblemException(
                    Problem.conflict(Violation.of("slug", "is taken by another service of the organisation")));
        }
        room.toCreate(service);
        services.insert(service);
        ServiceView made = view(services.find(service.ref()).orElseThrow());
        answers.keep(201, made.location(), made);
        trail.done(caller, "service.create", AuditTrail.subject(service), Map.of());
        return made;
    }

    private void requireTemplate(UUID templateId) {
        if (templates.find(templateId).isEmpty()) {
            throw new InvalidInputException(List.of(Violation.of("templateId", "names no template")));
        }
    }

    /** @param ifMatch which version the caller means, see {@link VersionTag} */
    ServiceView change(Caller caller, UUID serviceId, @Nullable String ifMatch, ServiceDraft draft) {
        return view(tenancy.inOrg(caller.organizationId(), () -> {
            Service present =
                    services.lock(caller.service(serviceId)).orElseThrow(() -> ProblemException.notFound("service"));
            if (present.status() == ServiceState.DELETING) {
                throw new ProblemException(Problem.of(ProblemType.CONFLICT, "The service is being deleted."));
            }
            VersionTag.check(ifMatch, present.version());
            Service wanted = ServiceRows.with(present, draft.change(ServiceRows.spec(present)));
            DeployGates gates = wanted.rollout().gates();
            requireAdmin(caller, Optional.of(serviceId), present.rollout().gates(), gates);
            requireOffered(present.volume(), wanted.volume().map(Volume::sizeMb));
            requireNoScaleUnderWay(present, wanted);
            room.toScale(present, wanted.replicas());
            room.toEnlarge(present, wanted);
            services.update(wanted);
            if (!gates.holdsAs(present.rollout().gates())) {
                // Whatever is held looks at the new ones; the sweep finds it a moment later.
                holds.lookAgain(present.ref());
            }
            trail.done(caller, "service.change", AuditTrail.subject(wanted), ServiceChanges.between(present, wanted));
            return services.find(present.ref()).orElseThrow();
        }));
    }

    /** Else whoever deploys could do without the approval. */
    private static void requireAdmin(Caller caller, Optional<UUID> serviceId, DeployGates present, DeployGates wanted) {
        if (!wanted.holdsAs(present) && !Permission.ADMINISTER.isHeldBy(caller, serviceId)) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN,
                    "Only admins of the organisation change what a deployment has to pass: approvalRequired,"
                            + " deployWindows and deployWindowZone."));
        }
    }

    /** What is there stays, whatever the operator says later. */
    private void requireOffered(Optional<Volume> present, Optional<Integer> wantedMb) {
        if (wantedMb.equals(present.map(Volume::sizeMb))) {
            return;
        }
        if (settings.volumes() == Volumes.OFF) {
            throw new InvalidInputException(List.of(Violation.of(
                    "volumeMb", "cannot be had here: the platform's operator offers no volumes (VOLUMES)")));
        }
        if (settings.volumes() == Volumes.QUOTA && present.flatMap(Volume::node).isPresent()) {
            throw new InvalidInputException(List.of(Violation.of(
                    "volumeMb",
                    "cannot be changed: the host's engine holds the volume to the size that it was made with")));
        }
    }

    /** Its end, or the way back from it, may be another number than the one replica that a volume is for. */
    private void requireNoScaleUnderWay(Service present, Service wanted) {
        boolean first = present.volume().isEmpty() && wanted.volume().isPresent();
        if (first && operations.outline(present.ref()).stream().anyMatch(open -> open.kind() == OperationKind.SCALE)) {
            throw new ProblemException(Problem.of(
                    ProblemType.CONFLICT,
                    "The number of replicas is being changed. Ask for the volume when that operation has ended."));
        }
    }

    private ServiceView view(Service service) {
        return ServiceRows.view(service, settings.appUrl(service.host()));
    }
}
