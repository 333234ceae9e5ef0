package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PortTableTests {
    @Test
    void takesTheDefaultsWhereNothingIsSet() {
        PortTable ports = PortTable.from(Map.of("BERTH_API_PORT", " "));
        for (Port port : Port.values()) {
            assertThat(ports.of(port)).isEqualTo(port.standard());
        }
    }

    @Test
    void namesTheVariableThatIsNoPort() {
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> PortTable.from(Map.of("BERTH_EDGE_PORT", "eighty")))
                .withMessageContaining("BERTH_EDGE_PORT");
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> PortTable.from(Map.of("BERTH_EDGE_PORT", "70000")))
                .withMessageContaining("BERTH_EDGE_PORT");
    }

    @Test
    void namesTheTwoThatAreTheSame() {
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> PortTable.from(Map.of("BERTH_API_PORT", "9000", "BERTH_EDGE_PORT", "9000")))
                .withMessageContaining("BERTH_API_PORT")
                .withMessageContaining("BERTH_EDGE_PORT");
    }
}
