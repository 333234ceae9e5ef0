package dev.berth.api.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PlacesTests {
    private static final UUID ORGANIZATION = new UUID(0, 1);

    private final Places places = new Places();

    @Test
    void oneTokenTakesNoMoreThanItsShareAndOthersOfItsOrganisationFollow() {
        UUID token = UUID.randomUUID();
        List<Places.Place> taken = take(Places.OF_PRINCIPAL, ORGANIZATION, token);
        assertThat(refusal(ORGANIZATION, token)).isEqualTo(ProblemType.TOO_MANY_REQUESTS.uri());
        places.take(ORGANIZATION, UUID.randomUUID());
        taken.getFirst().close();
        places.take(ORGANIZATION, token);
        assertThat(refusal(ORGANIZATION, token)).isEqualTo(ProblemType.TOO_MANY_REQUESTS.uri());
    }

    @Test
    void oneOrganisationTakesNoMoreThanItsShareAndOthersFollow() {
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < Places.OF_ORGANIZATION; i++) {
            taken.addAll(take(1, ORGANIZATION, UUID.randomUUID()));
        }
        assertThat(refusal(ORGANIZATION, UUID.randomUUID())).isEqualTo(ProblemType.TOO_MANY_REQUESTS.uri());
        places.take(UUID.randomUUID(), UUID.randomUUID());
        taken.getLast().close();
        places.take(ORGANIZATION, UUID.randomUUID());
    }

    @Test
    void whenAllPlacesAreTakenItIsNobodysFault() {
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < Places.ALL; i++) {
            taken.addAll(take(1, UUID.randomUUID(), UUID.randomUUID()));
        }
        assertThat(refusal(ORGANIZATION, UUID.randomUUID())).isEqualTo(ProblemType.UNAVAILABLE.uri());
        taken.forEach(Places.Place::close);
        assertThat(take(Places.OF_PRINCIPAL, ORGANIZATION, UUID.randomUUID())).isNotEmpty();
    }

    private List<Places.Place> take(int count, UUID organization, UUID principal) {
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(places.take(organization, principal));
        }
        return taken;
    }

    private URI refusal(UUID organization, UUID principal) {
        return catchThrowableOfType(ProblemException.class, () -> places.take(organization, principal))
                .problem()
                .type();
    }
}
