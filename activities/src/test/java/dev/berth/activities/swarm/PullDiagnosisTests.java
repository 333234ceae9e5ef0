package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.TestImage;
import dev.berth.activities.TestRegistry;
import dev.berth.activities.registry.PullCredential;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.testkit.RealPart;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealPart({"docker", "registry", "registry_key", "app"})
final class PullDiagnosisTests {
    private static final Failure TOLD = Failure.of(FailureCode.IMAGE_NOT_PULLED, "It was not fetched.", "Again.")
            .withEvidence("No such image");

    private final TestSwarm swarm = new TestSwarm();
    private final String repository = "test/" + swarm.instance;
    private final Optional<PullCredential> pull = TestRegistry.pull(new Repository(repository));
    private TestImage image;

    @BeforeEach
    void pushTheImage() throws Exception {
        image = TestImage.push(repository);
    }

    @AfterEach
    void close() throws Exception {
        swarm.close();
    }

    @Test
    void anImageThatTheRegistryHasNotIsMissing() {
        Failure failure = of(image.reference().replaceAll("[0-9a-f]{8}$", "00000000"), pull);
        assertThat(failure.code()).as(failure.evidence()).isEqualTo(FailureCode.IMAGE_MISSING);
        assertThat(failure.evidence()).contains("No such image", "manifest unknown");
    }

    @Test
    void aTokenThatTheRegistryDoesNotTakeIsNoMissingImage() {
        Failure failure = of(image.reference(), TestRegistry.pull(new Repository("test/other")));
        assertThat(failure.code()).as(failure.evidence()).isEqualTo(FailureCode.REGISTRY_REFUSED);
        assertThat(failure.evidence()).doesNotContain("registrytoken");
    }

    @Test
    void aRegistryThatIsNotThereIsUnreachable() {
        Failure failure = of(image.reference().replaceFirst("^[^/]+", "127.0.0.1:1"), pull);
        assertThat(failure.code()).as(failure.evidence()).isEqualTo(FailureCode.REGISTRY_UNREACHABLE);
        assertThat(failure.evidence()).contains("connection refused");
    }

    @Test
    void whatTheEngineCanFetchAfterAllStaysAsItWasTold() {
        Failure failure = of(image.reference(), pull);
        assertThat(failure.code()).as(failure.evidence()).isEqualTo(FailureCode.IMAGE_NOT_PULLED);
        assertThat(failure.evidence()).startsWith("No such image");
    }

    private Failure of(String reference, Optional<PullCredential> credential) {
        return PullDiagnosis.of(TOLD, swarm.engine, reference, credential);
    }
}
