package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StandingTests {
    /** {@link dev.berth.store.Operations#outline} counts on it. */
    @ParameterizedTest
    @EnumSource(OperationKind.class)
    void aSecondOfTheSameKindChangesNothing(OperationKind kind) {
        for (Standing standing : Standing.values()) {
            Standing once = standing.after(kind);
            assertThat(once.after(kind)).as("%s after %s", standing, kind).isEqualTo(once);
        }
    }

    @Test
    void whatSucceedsLeadsOn() {
        assertThat(Standing.EMPTY.after(OperationKind.STOP)).isEqualTo(Standing.EMPTY);
        assertThat(Standing.EMPTY.after(OperationKind.DEPLOY).after(OperationKind.STOP))
                .isEqualTo(Standing.STOPPED);
        assertThat(Standing.STOPPED.after(OperationKind.DEPLOY)).isEqualTo(Standing.STOPPED);
        assertThat(Standing.STOPPED.after(OperationKind.ROLLBACK)).isEqualTo(Standing.SERVING);
    }
}
