package dev.berth.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.reconcile.Finding.Kind;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class GarbageTests {
    private static final ServiceRef SERVICE = DriftScene.SERVICE;
    private static final ImageDigest KEPT = new ImageDigest("sha256:" + "a".repeat(64));
    private static final ImageDigest OTHER = new ImageDigest("sha256:" + "b".repeat(64));

    @Test
    void anImageThatADeploymentRefersToIsNeverGarbage() {
        assertThat(Garbage.of(new Garbage.Images(
                        SERVICE, Set.of(KEPT), Map.of("one", KEPT, "two", KEPT), Set.of("one", "two"), Set.of(KEPT))))
                .isEmpty();
    }

    @Test
    void anImageOfAnEndedBuildThatNothingRefersToGoes() {
        assertThat(Garbage.of(new Garbage.Images(
                        SERVICE, Set.of(KEPT), Map.of("one", KEPT, "two", OTHER), Set.of("one", "two"), Set.of(KEPT))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.IMAGE_UNREFERENCED);
                    assertThat(finding.remedy()).isEqualTo(new Remedy.RemoveImage(SERVICE, OTHER));
                });
    }

    @Test
    void anImageWhoseTagNoRowExplainsIsReported() {
        assertThat(Garbage.of(new Garbage.Images(SERVICE, Set.of(), Map.of("by-hand", OTHER), Set.of(), Set.of())))
                .extracting(Finding::remedy)
                .containsExactly(new Remedy.Report());
    }

    @Test
    void aLostImageIsReported() {
        assertThat(Garbage.of(new Garbage.Images(SERVICE, Set.of(KEPT), Map.of(), Set.of(), Set.of())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.IMAGE_LOST);
                    assertThat(finding.remedy()).isEqualTo(new Remedy.Report());
                });
    }

    @Test
    void rootsGoWhenTheirBuildHasEndedAndStayWhereNoRowKnowsIt() {
        UUID ended = new UUID(0, 1);
        UUID anotherInstallations = new UUID(0, 2);
        assertThat(Garbage.of(Set.of(ended, anotherInstallations), Set.of(ended)))
                .extracting(Finding::remedy)
                .containsExactly(new Remedy.ReleaseRoots(ended));
    }
}
