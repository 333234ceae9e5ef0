package dev.berth.activities.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.canary.CanaryTally.Counters;
import dev.berth.domain.edge.EdgeDocument;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EdgeCountsTests {
    private static final UUID CANARY = new UUID(1, 2);
    private static final String SERVICE = EdgeDocument.countedService(CANARY);

    @Test
    void addsUpWhatIsOfTheCanaryAloneWhateverItsMethodAndCode() {
        String shown = """
                # HELP traefik_service_requests_total How many HTTP requests processed on a service.
                # TYPE traefik_service_requests_total counter
                traefik_service_requests_total{code="200",method="GET",protocol="http",service="%1$s@file"} 63
                traefik_service_requests_total{code="404",method="POST",protocol="http",service="%1$s@file"} 1e+06
                traefik_service_requests_total{code="500",method="GET",protocol="http",service="%1$s@file"} 21
                traefik_service_requests_total{code="502",method="GET",protocol="http",service="%1$s@file"} 2
                traefik_service_requests_total{code="500",method="GET",protocol="http",service="%1$s0@file"} 7
                traefik_service_requests_total{code="500",method="GET",protocol="http",service="s-1-address@file"} 9
                traefik_service_requests_bytes_total{code="500",method="GET",protocol="http",service="%1$s@file"} 5
                traefik_service_server_up{service="%1$s@file",url="http://10.0.1.7:8080"} 1
                """.formatted(SERVICE);
        assertThat(EdgeCounts.counters(shown.lines(), SERVICE)).isEqualTo(new Counters(1_000_086, 23));
    }

    @Test
    void whatGotNoRequestHasNoLine() {
        assertThat(EdgeCounts.counters("go_goroutines 9".lines(), SERVICE)).isEqualTo(Counters.ZERO);
    }
}
