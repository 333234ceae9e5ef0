package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.TestApi;
import dev.berth.domain.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTests {
    private static final Path LIST = Path.of("src/main/resources/dev/berth/api/people/common-passwords.txt");
    private static final PasswordRules RULES = TestApi.bean(PasswordRules.class);
    private static final String[] PERSON = {"ada.lovelace@engine-works.example", "Ada Lovelace", "Difference Makers"};

    /** OWASP ASVS 5.0, 6.2.4: the 3,000 most common that would otherwise be allowed; and all others that we know of. */
    @Test
    void noneOfTheMostCommonPasswordsIsTaken() throws IOException {
        List<String> common = Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#") && line.length() >= Passwords.SHORTEST)
                .toList();
        assertThat(common).hasSizeGreaterThanOrEqualTo(20_000).doesNotHaveDuplicates();
        assertThat(common.stream().filter(PasswordRulesTests::isTaken)).isEmpty();
    }

    private static boolean isTaken(String password) {
        try {
            RULES.require("password", password);
            return true;
        } catch (InvalidInputException refusal) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1Q2w3e4r5t6y", "Motherfucker", "UNBELIEVABLE", "unbelievable!", "unbelievable2026", "12unbelievable",
                "Password1234", "dragon2026!!!", "2026!!!!Dragon", "passwordpassword", "dragondragondr",
                        "aaaaaaaaaaaaaa",
                "123412341234", "abababababab"
            })
    void aCommonPasswordIsNoneBetterInCapitalsWithFiguresOrTwice(String password) {
        refused(() -> RULES.require("password", password), "tried first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "berthberth2026",
                "Berth-Berth-1!",
                "berth.test:8080",
                "ada.lovelace@engine-works.example",
                "AdaLovelace1815",
                "lovelace-1815-ada",
                "EngineWorks!!!!",
                "Difference-Makers-1",
                "berth.lovelace.77",
                "123-ada-123-bo"
            })
    void whatIsMadeOfThePersonsOwnWordsAndOursIsRefused(String password) {
        refused(() -> RULES.require("password", password, PERSON), "guess");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery", "berth correct horse", "ada went to the market", "7Hx!9_dragon_8Kq2",
                "        spaces        kept", "пароль из четырёх слов", "🦊🐻🐼🦁🐯🐨🐸🐵", "zw8!pQ4?kL2#"
            })
    void anyOtherIsTakenAsItIsInAnyCharacters(String password) {
        assertThat(RULES.require("password", password, PERSON)).isEqualTo(password);
    }

    @Test
    void eachWayToANewPasswordAsks() {
        String common = "Unbelievable1";
        Browser.Account account = Browser.account();
        Browser browser = Browser.signedIn(account);
        String email = UUID.randomUUID() + "@example.org";
        assertThat(browser.send("PUT", "/api/me/password", """
                {"currentPassword": "%s", "newPassword": "%s"}""".formatted(Browser.PASSWORD, common))
                        .blamed())
                .isEqualTo("[#/newPassword]");
        assertThat(browser.send("PUT", "/api/me/password", """
                {"currentPassword": "%s", "newPassword": "somebody 2026"}""".formatted(Browser.PASSWORD))
                        .blamed())
                .as("their own name")
                .isEqualTo("[#/newPassword]");
        for (String body : List.of("""
                {"link": "x", "displayName": "New", "password": "%s", "organizationName": "Ours"}""", """
                {"link": "x", "displayName": "Difference", "password": "difference99", "organizationName": "Ours"}""", """
                {"link": "x", "displayName": "New", "password": "difference99", "organizationName": "Difference"}""")) {
            assertThat(new Browser()
                            .post("/api/sign-up/complete", body.formatted(common))
                            .blamed())
                    .as(body)
                    .isEqualTo("[#/password]");
        }
        for (String path : List.of("/api/password-reset/complete", "/api/invitations/accept", "/api/welcome")) {
            String fields = switch (path) {
                case "/api/password-reset/complete" -> "";
                case "/api/welcome" -> "\"displayName\": \"New\", \"email\": \"%s\",".formatted(email);
                default -> "\"displayName\": \"New\",";
            };
            assertThat(new Browser()
                            .post(path, "{%s \"link\": \"x\", \"password\": \"%s\"}".formatted(fields, common))
                            .blamed())
                    .as(path)
                    .isEqualTo("[#/password]");
        }
    }

    private static void refused(ThrowingCallable attempt, String reason) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refusal -> assertThat(refusal.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.sentence()).contains(reason)));
    }
}
