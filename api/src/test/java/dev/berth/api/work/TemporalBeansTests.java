package dev.berth.api.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.workflows.client.AddedInterceptors;
import org.junit.jupiter.api.Test;

final class TemporalBeansTests {
    /** Tests stand on more than is shipped, so this holds of the shipped process all the more. */
    @Test
    void nothingThatIsShippedStandsBetweenThisProcessAndTemporal() {
        assertThat(AddedInterceptors.ofWorkers()).isEmpty();
        assertThat(AddedInterceptors.ofClients()).isEmpty();
    }
}
