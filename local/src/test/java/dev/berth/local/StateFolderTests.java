package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever folder somebody names by mistake keeps what is in it. */
final class StateFolderTests {
    @TempDir
    private Path place;

    private Path home;
    private Path cache;

    @BeforeEach
    void makeCheckoutAndCache() throws IOException {
        home = Files.createDirectories(place.resolve("checkout"));
        cache = place.resolve("user").resolve(".cache").resolve("berth");
    }

    @Test
    void aFolderOfThatShapeWithoutTheMarkIsNoStack() throws IOException {
        Path state = Files.createDirectories(place.resolve("var"));
        Path log = Files.createDirectories(state.resolve("run")).resolve("somebodys.pid");
        Files.writeString(log, "1");
        StateFolder folder = state(state);
        assertThat(folder.marked()).isFalse();
        assertThatExceptionOfType(LocalFailure.class).isThrownBy(folder::purge).withMessageContaining("no stack");
        assertThat(log).exists();
        Files.writeString(state.resolve("keys.properties"), "instance=somebody\n");
        assertThat(folder.marked()).isFalse();
    }

    @Test
    void aFolderThatHoldsFilesOfOthersIsNotTaken() throws IOException {
        Path state = Files.createDirectories(place.resolve("srv"));
        Path file =
                Files.writeString(Files.createDirectory(state.resolve("data")).resolve("books"), "mine");
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> state(state).claim())
                .withMessageContaining("BERTH_STATE");
        assertThat(file).hasContent("mine");
        assertThat(state.resolve("keys.properties")).doesNotExist();
    }

    @Test
    void aNewFolderIsTakenForItsOwnerAloneAndFoundAgain() throws IOException {
        Path state = place.resolve("new");
        Keys keys = state(state).claim();
        assertThat(state(state).marked()).isTrue();
        assertThat(state(state).claim()).isEqualTo(keys);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatCommandsLeaveBeforeTheFirstStartIsInNobodysWay() throws IOException {
        Path state = place.resolve("early");
        Files.writeString(Files.createDirectories(state.resolve("logs")).resolve("berth.log"), "installing");
        Files.createDirectories(state.resolve("data").resolve("failpoints"));
        Files.writeString(state.resolve(".keys.properties123.new"), "half");
        state(state).claim();
        assertThat(state(state).marked()).isTrue();
    }

    @Test
    void aStartThatWasInterruptedRightAfterItsFirstFileIsPurged() throws IOException {
        Path state = Files.createDirectories(place.resolve("interrupted"));
        Keys.of(folders(state));
        assertThat(state(state).purge()).isEmpty();
        assertThat(state).doesNotExist();
    }

    @Test
    void onlyWhatBerthMadeIsPurged() throws IOException {
        Path state = place.resolve("shared");
        state(state).claim();
        Files.writeString(
                Files.createDirectories(state.resolve("data/postgres-18")).resolve("PG_VERSION"), "18");
        Files.writeString(state.resolve("engine"), "own");
        Files.writeString(state.resolve("letter.txt"), "mine");
        assertThat(state(state).purge()).containsExactly("letter.txt");
        assertThat(state).isDirectoryNotContaining("glob:**data").isDirectoryNotContaining("glob:**keys.properties");
        assertThat(state.resolve("letter.txt")).hasContent("mine");
    }

    @Test
    void aFolderAroundTheCheckoutOrTheCacheIsNoStatesFolder() throws IOException {
        for (Path around : new Path[] {home, place, place.resolve("user"), cache}) {
            assertThatExceptionOfType(LocalFailure.class)
                    .isThrownBy(() -> state(around).claim())
                    .withMessageContaining("BERTH_STATE");
        }
        Path link = Files.createSymbolicLink(home.resolve("elsewhere"), place);
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> state(link).claim())
                .withMessageContaining("holds the checkout");
        assertThat(home).isDirectoryNotContaining("glob:**keys.properties");
        state(home.resolve(".berth")).claim();
    }

    @Test
    void anOlderStackAroundTheCacheIsNotPurged() throws IOException {
        Path state = Files.createDirectories(place.resolve("user"));
        Keys.of(folders(state));
        Files.writeString(Files.createDirectories(state.resolve("data")).resolve("books"), "mine");
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> state(state).purge())
                .withMessageContaining("by hand");
        assertThat(state.resolve("data/books")).exists();
    }

    private StateFolder state(Path state) {
        return new StateFolder(folders(state));
    }

    private Folders folders(Path state) {
        return new Folders(home, state, cache, place.resolve("jars"));
    }
}
