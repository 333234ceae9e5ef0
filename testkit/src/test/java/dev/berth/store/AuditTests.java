package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class AuditTests {
    private static final Instant NOW = Instant.parse("2026-11-25T01:02:03.123456789Z");

    private final Sample sample = new Sample();
    private final UUID chain = sample.organization;
    private final Audit audit = new Audit(sample.source, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void anEventComesBackAsItWasWritten() {
        AuditEntry entry = new AuditEntry(
                new AuditEntry.Actor(
                        AuditEntry.Actor.Kind.TOKEN,
                        Optional.of(Ids.next()),
                        "ci ☃",
                        Optional.of(InetAddress.ofLiteral("2001:db8::1"))),
                "service.deploy",
                new AuditEntry.Subject("service", Optional.of(sample.service.id()), "shop"),
                Optional.of(Ids.next()),
                Optional.of("service/" + sample.service.id()),
                AuditEntry.Outcome.REQUESTED,
                Map.of("z", "last", "a", "first"));
        append(entry);
        AuditEvent event = all().getFirst();
        assertThat(event.entry()).isEqualTo(entry);
        assertThat(event.sequence()).isEqualTo(1);
        assertThat(event.at()).isEqualTo(Instant.parse("2026-11-25T01:02:03.123456Z"));
        assertThat(verdict().isIntact()).isTrue();
    }

    @Test
    void textsThatTheDatabaseWouldNotGiveBackAreMadeSuchThatItDoes() {
        append(entry("a\0b\ud800" + "x".repeat(400)));
        assertThat(all().getFirst().entry().subject().name()).startsWith("ab?x").hasSizeLessThanOrEqualTo(254);
        assertThat(verdict().isIntact()).isTrue();
    }

    @Test
    void manyWritersAtOnceMakeOneChainWithoutGaps() throws Exception {
        List<Future<?>> written = new ArrayList<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String name = "n" + i;
                written.add(writers.submit(() -> append(entry(name))));
            }
        }
        for (Future<?> one : written) {
            one.get();
        }
        assertThat(all().stream().map(AuditEvent::sequence))
                .hasSize(40)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(verdict()).isEqualTo(new AuditVerifier.Verdict(40, OptionalLong.empty()));
    }

    @Test
    void whatIsRolledBackLeavesNoGap() {
        append(entry("one"));
        assertThatThrownBy(() -> sample.tenancy.inOrg(chain, () -> {
                    audit.append(chain, entry("undone"));
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        append(entry("two"));
        assertThat(all().stream().map(event -> event.entry().subject().name())).containsExactly("one", "two");
        assertThat(verdict().isIntact()).isTrue();
    }

    @Test
    void theTrailOfOneOrganisationIsNobodyElses() {
        append(entry("one"));
        UUID stranger = sample.database.organization();
        assertThat(sample.tenancy.inOrg(stranger, () -> audit.after(chain, 0, 10)))
                .isEmpty();
        assertThatThrownBy(() -> sample.tenancy.inOrg(stranger, () -> audit.append(chain, entry("forged"))))
                .isInstanceOf(DataAccessException.class);
        sample.tenancy.asPlatform("test", () -> audit.append(Audit.PLATFORM, entry("platform")));
        assertThat(sample.tenancy
                        .asPlatform("test", () -> audit.head(Audit.PLATFORM))
                        .sequence())
                .isEqualTo(1);
        assertThat(verdict().isIntact()).isTrue();
    }

    @Test
    void noRowCanBeChangedOrRemovedNotEvenByTheTablesOwner() {
        append(entry("one"));
        JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());
        for (String attack : List.of(
                "update audit_events set outcome = 'failed'", "delete from audit_events", "truncate audit_events")) {
            assertThatThrownBy(() -> owner.sql(attack).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("audit_events is only added to");
        }
    }

    @Test
    void everyForgeryThatLeavesTheHeadIsFoundAtItsPlace() {
        for (int i = 1; i <= 6; i++) {
            append(entry("n" + i));
        }
        List<AuditEvent> chain = all();
        AuditHead head = head();
        assertThat(AuditVerifier.verify(chain, head).isIntact()).isTrue();
        assertThat(broken(with(chain, 2, "forged"), head)).as("a changed field").isEqualTo(3);
        List<AuditEvent> holed = new ArrayList<>(chain);
        holed.remove(3);
        assertThat(broken(holed, head)).as("removed in the middle").isEqualTo(4);
        assertThat(broken(chain.subList(0, 4), head)).as("removed at the end").isEqualTo(5);
        assertThat(broken(chain.subList(2, 6), head)).as("removed at the start").isEqualTo(1);
        assertThat(broken(List.of(), head)).as("all removed").isEqualTo(1);
        List<AuditEvent> swapped = new ArrayList<>(chain);
        Collections.swap(swapped, 1, 4);
        assertThat(broken(swapped, head)).as("swapped").isEqualTo(2);
        List<AuditEvent> twice = new ArrayList<>(chain);
        twice.add(3, chain.get(2));
        assertThat(broken(twice, head)).as("doubled").isEqualTo(3);
        List<AuditEvent> longer = new ArrayList<>(chain);
        longer.add(AuditEvent.next(head, Ids.next(), NOW, entry("forged")));
        assertThat(broken(longer, head)).as("added without the head").isEqualTo(7);
    }

    @Test
    void aTailThatWasWrittenAnewDoesNotEndInTheHead() {
        for (int i = 1; i <= 4; i++) {
            append(entry("n" + i));
        }
        List<AuditEvent> forged = new ArrayList<>(all().subList(0, 2));
        for (String name : List.of("forged", "n4")) {
            AuditEvent last = forged.getLast();
            forged.add(
                    AuditEvent.next(new AuditHead(chain, last.sequence(), last.hash()), Ids.next(), NOW, entry(name)));
        }
        assertThat(broken(forged, head())).isEqualTo(4);
    }

    @Test
    void everyEndOfAnOperationIsInTheTrailOfItsOrganisation() {
        OperationRef superseded = sample.queue(OperationKind.DEPLOY);
        OperationRef deploy = sample.queue(OperationKind.DEPLOY);
        sample.again(() -> sample.operations.claimNext(sample.service.ref()));
        Failure failure = Failure.of(FailureCode.NEVER_HEALTHY, "canary", "canary");
        finish(deploy, OperationState.FAILED, Optional.of(failure));
        finish(deploy, OperationState.SUCCEEDED, Optional.empty());
        OperationRef delete = sample.queue(OperationKind.DELETE);
        sample.again(() -> sample.operations.claimNext(sample.service.ref()));
        finish(delete, OperationState.SUCCEEDED, Optional.empty());
        assertThat(all().stream().map(AuditEvent::entry))
                .extracting(
                        AuditEntry::operationId,
                        AuditEntry::outcome,
                        entry -> entry.detail().get("end"))
                .containsExactly(
                        tuple(Optional.of(superseded.operationId()), AuditEntry.Outcome.FAILED, "superseded"),
                        tuple(Optional.of(deploy.operationId()), AuditEntry.Outcome.FAILED, "failed"),
                        tuple(Optional.of(delete.operationId()), AuditEntry.Outcome.SUCCEEDED, "succeeded"));
        assertThat(all().get(1).entry().detail()).containsEntry("failure", "never_healthy");
        assertThat(all().get(2).entry().workflowId()).contains("delete/" + delete.operationId());
        assertThat(all().toString()).doesNotContain("canary");
    }

    private void finish(OperationRef operation, OperationState end, Optional<Failure> failure) {
        sample.again(() -> sample.operations.finish(operation.operationId(), end, failure));
    }

    @Test
    void pagesAreNewestFirstAndFiltered() {
        for (int i = 1; i <= 5; i++) {
            append(entry("n" + i));
        }
        List<AuditEvent> first = page(Audit.Filter.NONE, Cursor.START, 2);
        AuditEvent last = first.getLast();
        List<AuditEvent> second = page(Audit.Filter.NONE, new Cursor(last.at(), last.id()), 10);
        assertThat(first.size() + second.size()).isEqualTo(5);
        assertThat(first).doesNotContainAnyElementsOf(second);
        Audit.Filter refused = new Audit.Filter(
                Optional.of("service.create"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(AuditEntry.Outcome.REFUSED),
                Optional.of(NOW.minusSeconds(1)),
                Optional.of(NOW.plusSeconds(1)));
        assertThat(page(refused, Cursor.START, 10)).isEmpty();
    }

    private static List<AuditEvent> with(List<AuditEvent> chain, int index, String name) {
        AuditEvent old = chain.get(index);
        List<AuditEvent> forged = new ArrayList<>(chain);
        forged.set(
                index,
                new AuditEvent(
                        old.chainId(),
                        old.sequence(),
                        old.id(),
                        old.at(),
                        entry(name),
                        old.previousHash(),
                        old.hash()));
        return forged;
    }

    private static long broken(List<AuditEvent> events, AuditHead head) {
        return AuditVerifier.verify(events, head).firstBroken().orElse(-1);
    }

    private static AuditEntry entry(String name) {
        return AuditEntry.of(
                AuditEntry.Actor.nobody(Optional.of(InetAddress.ofLiteral("192.0.2.7"))),
                "service.create",
                new AuditEntry.Subject("service", Optional.empty(), name),
                AuditEntry.Outcome.SUCCEEDED,
                Map.of());
    }

    private void append(AuditEntry entry) {
        sample.tenancy.inOrg(chain, () -> audit.append(chain, entry));
    }

    private List<AuditEvent> all() {
        return sample.again(() -> audit.after(chain, 0, 1000));
    }

    private List<AuditEvent> page(Audit.Filter filter, Cursor after, int rows) {
        return sample.again(() -> audit.page(chain, filter, after, rows));
    }

    private AuditHead head() {
        return sample.again(() -> audit.head(chain));
    }

    private AuditVerifier.Verdict verdict() {
        return AuditVerifier.verify(all(), head());
    }
}
