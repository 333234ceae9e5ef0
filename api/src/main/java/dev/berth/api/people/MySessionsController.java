package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.ProblemException;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Session;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The browsers that the caller is signed in with. */
@RestController
@RequestMapping("/api/me/sessions")
@Tag(name = "Access")
class MySessionsController {
    private final Tenancy tenancy;
    private final Sessions sessions;
    private final Account account;
    private final RecentSignIn recent;
    private final Clock clock;

    MySessionsController(Tenancy tenancy, Sessions sessions, Account account, RecentSignIn recent, Clock clock) {
        this.tenancy = tenancy;
        this.sessions = sessions;
        this.account = account;
        this.recent = recent;
        this.clock = clock;
    }

    @GetMapping
    @Needs(Permission.IN_PERSON)
    @Operation(operationId = "listMySessions", summary = "Your sessions, newest first")
    Page<SessionView> list(@AuthenticationPrincipal Caller caller, PageRequest page) {
        List<Session> rows = tenancy.asPlatform(
                "account", () -> sessions.page(caller.userId(), clock.instant(), page.after(), page.rows()));
        return Page.of(
                rows,
                page.limit(),
                session -> new Cursor(session.createdAt(), session.id()),
                session -> view(session, caller));
    }

    @DeleteMapping
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "endMyOtherSessions",
            summary = "End all your sessions but this one",
            description = SecondFactorController.NEEDS_RECENT)
    ResponseEntity<Void> endOthers(@AuthenticationPrincipal Caller caller) {
        recent.require(caller);
        tenancy.asPlatform("account", () -> {
            sessions.revokeAll(caller.userId(), caller.sessionId());
            account.note(caller, "session.revoke_others");
        });
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/{sessionId}")
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "endMySession",
            summary = "End one of your sessions, at once",
            description = SecondFactorController.NEEDS_RECENT)
    ResponseEntity<Void> end(@AuthenticationPrincipal Caller caller, @PathVariable UUID sessionId) {
        recent.require(caller);
        tenancy.asPlatform("account", () -> {
            if (!sessions.revoke(caller.userId(), sessionId)) {
                throw ProblemException.notFound("session");
            }
            account.note(caller, "session.revoke");
        });
        return ResponseEntity.noContent().build();
    }

    private static SessionView view(Session session, Caller caller) {
        return new SessionView(
                session.id(),
                caller.sessionId().filter(session.id()::equals).isPresent(),
                session.tokenId().orElse(null),
                session.address().getHostAddress(),
                session.userAgent(),
                session.createdAt(),
                session.lastUsedAt(),
                session.expiresAt());
    }

    /**
     * @param current whether it is the one that asks
     * @param tokenId the API token that opened it; null for one opened in person
     * @param lastUsedAt to the minute
     */
    @Schema(name = "Session")
    record SessionView(
            UUID id,
            boolean current,
            @Nullable UUID tokenId,
            String address,
            String userAgent,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt) {}
}
