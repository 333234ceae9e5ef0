package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SecondFactorTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** RFC 6238, appendix B, the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "20000000000, 353130"})
    void codesAreThoseOfTheRfc(long seconds, String code) {
        byte[] secret = "12345678901234567890".getBytes(US_ASCII);
        assertThat(Totp.code(secret, Totp.stepAt(Instant.ofEpochSecond(seconds))))
                .isEqualTo(code);
    }

    @Test
    void base32IsThatOfTheRfc() {
        assertThat(Totp.base32("foobar".getBytes(US_ASCII))).isEqualTo("MZXW6YTBOI");
    }

    @Test
    void theCodeIsAskedForOnlyOnceThePasswordIsRightAndCountsOnce() {
        Enrolled person = new Enrolled();
        Answer wrongPassword = new Browser().signIn(person.account.email(), "not the password");
        assertThat(wrongPassword.json().get("type").asString()).isEqualTo("/problems/unauthenticated");
        Answer noCode = new Browser().signIn(person.account.email(), Browser.PASSWORD);
        assertThat(noCode.status()).isEqualTo(401);
        assertThat(noCode.json().get("type").asString()).isEqualTo("/problems/code-required");
        assertThat(noCode.header("Set-Cookie")).isEmpty();
        String code = person.code(0);
        assertThat(new Browser()
                        .signIn(person.account.email(), Browser.PASSWORD, code)
                        .status())
                .isEqualTo(204);
        Answer replay = new Browser().signIn(person.account.email(), Browser.PASSWORD, code);
        assertThat(replay.status()).isEqualTo(401);
        assertThat(replay.json().get("type").asString()).isEqualTo("/problems/unauthenticated");
    }

    @Test
    void aRecoveryCodeCountsOnceAndForItsPersonOnly() {
        Enrolled person = new Enrolled();
        Enrolled other = new Enrolled();
        String code = person.recoveryCode;
        assertThat(new Browser()
                        .signIn(other.account.email(), Browser.PASSWORD, code)
                        .status())
                .isEqualTo(401);
        assertThat(new Browser()
                        .signIn(person.account.email(), Browser.PASSWORD, code)
                        .status())
                .isEqualTo(204);
        assertThat(new Browser()
                        .signIn(person.account.email(), Browser.PASSWORD, code)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theSecretIsSealedForItsPersonInTheDatabase() {
        Enrolled person = new Enrolled();
        Enrolled other = new Enrolled();
        byte[] sealed = sealed(person);
        assertThat(HexFormat.of().formatHex(sealed))
                .doesNotContain(HexFormat.of().formatHex(person.secret));
        ROWS.sql("update users set totp_secret = ? where id = ?")
                .params(sealed, other.account.id())
                .update();
        Answer mistake = new Browser().signIn(other.account.email(), Browser.PASSWORD, person.code(0));
        assertThat(mistake.status())
                .as("Moved to another row it opens for nobody")
                .isEqualTo(500);
        // OWASP ASVS 5.0, 16.3.4 and 16.5.1: what went wrong is in the log alone.
        assertThat(mistake.json().get("detail").asString()).matches("It is in Berth's log under [0-9a-f-]{36}\\.");
        assertThat(mistake.body()).doesNotContain("sealed", "Exception");
    }

    /** OWASP ASVS 5.0, 6.5.2 and 11.2.2. */
    @Test
    void aRecoveryCodeIsTooLongToBeFoundByTryingHashes() {
        double bits = SecondFactor.RECOVERY_LENGTH * Math.log(31) / Math.log(2);
        assertThat(bits).isGreaterThan(112);
        assertThat(new Enrolled().recoveryCode.replace("-", "")).hasSize(SecondFactor.RECOVERY_LENGTH);
    }

    @Test
    void aSecretThatAFormerKeySealedOpensAndIsSealedWithTheNewestByThat() {
        Enrolled person = new Enrolled();
        byte[] before = sealed(person);
        assertThat(new Visitor().signIn(person.account.email(), person.code(0)).status())
                .isEqualTo(204);
        assertThat(sealed(person)).isNotEqualTo(before);
        assertThat(new Visitor().signIn(person.account.email(), person.code(1)).status())
                .isEqualTo(204);
    }

    private static byte[] sealed(Enrolled person) {
        return ROWS.sql("select totp_secret from users where id = ?")
                .param(person.account.id())
                .query((row, number) -> row.getBytes(1))
                .single();
    }

    @Test
    void itIsTurnedOffWithThePasswordOnly() {
        Enrolled person = new Enrolled();
        assertThat(person.browser.post("/api/me/totp/remove", "{}").status()).isEqualTo(400);
        assertThat(person.browser
                        .post("/api/me/totp/remove", "{\"password\": \"%s\"}".formatted(Browser.PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(new Browser()
                        .signIn(person.account.email(), Browser.PASSWORD)
                        .status())
                .isEqualTo(204);
    }

    static byte[] decoded(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        for (char letter : base32.toCharArray()) {
            buffer = buffer << 5 | BASE32.indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }

    /** A person who has just turned the second factor on, with the code of the step before. */
    static final class Enrolled {
        final Browser.Account account = Browser.account();
        final Browser browser = Browser.signedIn(account);
        private final byte[] secret;
        private final String recoveryCode;

        Enrolled() {
            Answer proposed = browser.post("/api/me/totp", "{\"password\": \"%s\"}".formatted(Browser.PASSWORD));
            assertThat(proposed.json().get("uri").asString()).startsWith("otpauth://totp/Berth:");
            secret = decoded(proposed.json().get("secret").asString());
            assertThat(browser.post("/api/me/totp/confirm", "{\"code\": \"000\"}")
                            .status())
                    .isEqualTo(400);
            Answer confirmed = browser.post("/api/me/totp/confirm", "{\"code\": \"%s\"}".formatted(code(-1)));
            assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
            recoveryCode = confirmed.json().at("/recoveryCodes/0").asString();
        }

        String code(int stepsAhead) {
            return Totp.code(secret, Totp.stepAt(Instant.now()) + stepsAhead);
        }
    }
}
