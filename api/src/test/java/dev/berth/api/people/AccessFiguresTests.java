package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Checkout;
import dev.berth.store.Sessions;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures that {@code docs/ACCESS.md} names are those of the code. */
class AccessFiguresTests {
    private static final String ACCESS = Checkout.read("docs/ACCESS.md");

    @Test
    void sessionsPasswordsAndLinksLiveAsLongAsIsWritten() {
        assertThat(ACCESS)
                .contains("%d hours unused or %d days in all"
                        .formatted(Sessions.IDLE.toHours(), Sessions.LONGEST.toDays()))
                .contains("%d to %d characters".formatted(Passwords.SHORTEST, Passwords.LONGEST))
                .contains("%d minutes (an invitation: seven days".formatted(SignUpDesk.LINK.toMinutes()))
                .contains("a sign-in of the last %d minutes".formatted(RecentSignIn.RECENT.toMinutes()))
                .contains("%d attempts a minute for an account from one address, %d from an address"
                        .formatted(Attempts.OF_ACCOUNT_PER_MINUTE, Attempts.OF_ADDRESS_PER_MINUTE))
                .contains("%d failed sign-ins an hour".formatted(Attempts.OF_ACCOUNT_PER_HOUR))
                .contains("signed in within %d days".formatted(Attempts.KNOWN_PLACE.toDays()))
                .contains("%d letters an hour, %d of them asked for from one address"
                        .formatted(LetterLimits.A_MAILBOX_PER_HOUR, LetterLimits.FROM_ADDRESS_PER_HOUR));
    }

    @Test
    void howManyMayBeInvitedIsWritten() {
        Matcher figures = Pattern.compile("static final int (\\w+_PER_HOUR) = ([0-9]+);")
                .matcher(Checkout.read("api/src/main/java/dev/berth/api/organizations/InvitationLimits.java"));
        Map<String, String> limits =
                figures.results().collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        assertThat(ACCESS)
                .contains("an organisation sends %s invitations an hour, a person %s"
                        .formatted(limits.get("OF_ORGANIZATION_PER_HOUR"), limits.get("OF_PERSON_PER_HOUR")))
                .contains("a mailbox gets %s an hour of one organisation and %s of all"
                        .formatted(
                                limits.get("OF_ORGANIZATION_TO_MAILBOX_PER_HOUR"), limits.get("TO_MAILBOX_PER_HOUR")));
    }

    /** OWASP ASVS 5.0, 6.1.2: which words these are, is written down. */
    @Test
    void theWordsThatMakeNoPasswordAreWritten() {
        assertThat(Checkout.read("docs/SECURITY.md"))
                .contains("`Berth`", "`CLIENT_URL`", "`APPS_DOMAIN`", "name, e-mail address and organisation");
    }

    /** 7.1.2 and 7.1.3. */
    @Test
    void whatBecomesOfManySessionsAndOfTheIssuersIsWritten() {
        assertThat(ACCESS).contains("any number of sessions", "The issuer's own session is not followed");
    }

    /** 6.4.2: nobody is asked for the name of their first dog. */
    @Test
    void noFieldIsAHintOrASecretQuestion() {
        JsonNode schemas =
                new JsonMapper().readTree(Checkout.read("api/openapi.json")).at("/components/schemas");
        assertThat(schemas.properties().stream()
                        .flatMap(schema -> schema.getValue().path("properties").propertyNames().stream())
                        .map(field -> field.toLowerCase(Locale.ROOT)))
                .isNotEmpty()
                .noneMatch(field -> field.contains("hint") || field.contains("question") || field.contains("answer"));
        assertThat(Checkout.read("migrations/V6__people.sql")).doesNotContainIgnoringCase("hint");
    }
}
