package dev.berth.activities.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinkTargetsTests {
    @Test
    void followsLinksInsideOfTheTree() {
        LinkTargets links = new LinkTargets(Map.of("a/b", "../c/d", "c", "e", "e/d", "./f"));
        assertThat(links.escapes("a/b")).isFalse();
        assertThat(links.escapes("c")).isFalse();
    }

    @Test
    void seesALinkThatLeadsOut() {
        assertThat(new LinkTargets(Map.of("a", "/etc/passwd")).escapes("a")).isTrue();
        assertThat(new LinkTargets(Map.of("a/b", "../../etc")).escapes("a/b")).isTrue();
    }

    @Test
    void seesALinkThatLeadsOutOnlyByWayOfAnother() {
        LinkTargets links = new LinkTargets(Map.of("x/y/top", "../..", "x/y/out", "top/../etc"));
        assertThat(links.escapes("x/y/top")).isFalse();
        assertThat(links.escapes("x/y/out")).isTrue();
    }

    @Test
    void refusesACircle() {
        assertThat(new LinkTargets(Map.of("a", "b", "b", "a")).escapes("a")).isTrue();
    }

    @Test
    void seesALinkWhereAFolderIsNeeded() {
        LinkTargets links = new LinkTargets(Map.of("a", "b"));
        assertThat(links.standInTheWayOf("a/c")).isTrue();
        assertThat(links.standInTheWayOf("a")).isFalse();
    }
}
