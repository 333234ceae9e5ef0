package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTests {
    private final Passwords passwords = new Passwords();

    /** OWASP ASVS 5.0, 11.4.2 and 11.4.4: the Password Storage Cheat Sheet's least, with a salt of 16 bytes. */
    @Test
    void aPasswordIsHashedWithArgon2idAndASaltOfItsOwn() {
        String hash = passwords.hash("correct horse battery");
        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(hash);
        assertThat(passwords.matches("correct horse battery", Optional.of(hash)))
                .isTrue();
        assertThat(passwords.matches("correct horse batterz", Optional.of(hash)))
                .isFalse();
        assertThat(passwords.matches("correct horse battery", Optional.empty())).isFalse();
    }
}
