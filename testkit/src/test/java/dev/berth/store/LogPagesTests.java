package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one reading of a log loads, and that readings one after the other miss nothing. */
final class LogPagesTests {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);
    /** A reading holds its bound and one more line. */
    private static final int MOST_BYTES = LogChunks.PAGE_BYTES + 4 * 4_000;

    private final Sample sample = new Sample();
    private final BuildLogs logs = new BuildLogs(sample.source);
    private final Releases releases = new Releases(sample.source);
    private final BuildRef build = new BuildRef(sample.organization, sample.service.id(), Ids.next());

    @BeforeEach
    void begin() {
        sample.tenancy.inOrg(
                sample.organization, () -> sample.builds.insert(build, "https://git.example/shop.git", "main"));
    }

    @Test
    void aLogOfLongLinesIsReadInBoundedPagesThatHoldEachLineOnce() {
        for (int chunk = 0; chunk < 4; chunk++) {
            List<String> lines = lines(chunk * 1_000, 1_000, n -> n + " " + "ü".repeat(3_900));
            sample.tenancy.inOrg(sample.organization, () -> logs.append(build, AT, lines));
        }
        assertThat(walk(1_000, after -> logs.after(build, after, 1_000)))
                .isEqualTo(lines(0, 4_000, n -> n + " " + "ü".repeat(3_900)));
    }

    @Test
    void aChunkFromBeforeThatIsLongIsReadInPagesToo() {
        List<String> lines = lines(0, 1_000, n -> n + " " + "x".repeat(4_000));
        String text =
                lines.stream().map(line -> AT.toEpochMilli() + "\t" + line).collect(joining("\n"));
        sample.tenancy.inOrg(sample.organization, () -> {
            logs.append(build, AT, List.of("before"));
            JdbcClient.create(sample.source)
                    .sql("""
                    insert into build_log_chunks (build_id, organization_id, first_line, line_count, text)
                    values (?, ?, 2, 1000, ?)
                    """)
                    .params(build.buildId(), build.organizationId(), text)
                    .update();
        });
        List<String> all = new ArrayList<>(List.of("before"));
        all.addAll(lines);
        assertThat(walk(1_000, after -> logs.after(build, after, 1_000))).isEqualTo(all);
    }

    @Test
    void shortLinesComeAsManyAsWereAskedFor() {
        sample.tenancy.inOrg(sample.organization, () -> {
            for (int n = 0; n < 30; n++) {
                logs.append(build, AT, List.of("line " + n, ""));
            }
            assertThat(logs.after(build, 3, 7)).extracting(LogLine::number).containsExactly(4, 5, 6, 7, 8, 9, 10);
            assertThat(logs.after(build, 60, 7)).isEmpty();
            assertThat(logs.after(build, Integer.MAX_VALUE, 7)).isEmpty();
        });
        assertThat(walk(7, after -> logs.after(build, after, 7)))
                .isEqualTo(IntStream.range(0, 60)
                        .mapToObj(n -> n % 2 == 0 ? "line " + n / 2 : "")
                        .toList());
    }

    @Test
    void aReleaseCommandsLogIsBoundedInTheSameWay() {
        DeploymentRef deployment = sample.deployment();
        List<String> lines = lines(0, 1_000, n -> n + " " + "y".repeat(3_900));
        sample.tenancy.inOrg(sample.organization, () -> {
            releases.begin(deployment);
            releases.append(deployment, AT, lines);
            assertThat(releases.lineCount(deployment)).isEqualTo(1_000);
        });
        assertThat(walk(1_000, after -> releases.after(deployment, after, 1_000)))
                .isEqualTo(lines);
    }

    @Test
    void aNewTryOfAReleaseCommandHasSaidNothingYet() {
        DeploymentRef deployment = sample.deployment();
        sample.tenancy.inOrg(sample.organization, () -> {
            releases.begin(deployment);
            releases.append(deployment, AT, List.of("one", "two"));
        });
        sample.tenancy.inOrg(
                sample.organization,
                () -> assertThat(releases.lineCountOfTry(deployment)).isEqualTo(2));
        sample.tenancy.inOrg(sample.organization, () -> {
            releases.cancel(deployment);
            releases.retryFailed(deployment);
        });
        sample.tenancy.inOrg(
                sample.organization,
                () -> assertThat(releases.lineCountOfTry(deployment)).isZero());
        sample.tenancy.inOrg(sample.organization, () -> releases.append(deployment, AT, List.of("three")));
        sample.tenancy.inOrg(sample.organization, () -> {
            assertThat(releases.lineCountOfTry(deployment)).isEqualTo(1);
            assertThat(releases.lineCount(deployment)).isEqualTo(3);
        });
    }

    private static List<String> lines(int from, int count, IntFunction<String> text) {
        return IntStream.range(from, from + count).mapToObj(text).toList();
    }

    private List<String> walk(int limit, IntFunction<List<LogLine>> read) {
        List<String> all = new ArrayList<>();
        while (true) {
            List<LogLine> page = sample.again(() -> read.apply(all.size()));
            if (page.isEmpty()) {
                return all;
            }
            assertThat(page)
                    .hasSizeLessThanOrEqualTo(limit)
                    .allSatisfy(line -> assertThat(line.at()).isEqualTo(AT));
            assertThat(page.stream()
                            .mapToLong(line -> line.text().getBytes(UTF_8).length)
                            .sum())
                    .as("bytes of one reading")
                    .isLessThanOrEqualTo(MOST_BYTES);
            assertThat(page.getFirst().number()).isEqualTo(all.size() + 1);
            page.forEach(line -> all.add(line.text()));
        }
    }
}
