package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTests {
    @ParameterizedTest
    @CsvSource({
        "Ours, Ours",
        "Ours & Co. Ltd., Ours & Co. Ltd.",
        "Win at https://evil.example/x, Win at https: //evil. example/x",
        "www.evil.example, www. evil. example",
        "me@evil.example, me@evil. example",
        "evil\u3002example, evil\u3002 example",
        "a\u2028b\u202ec, a b c",
        "evil.\u200bexample, evil. example"
    })
    void aNameIsQuotedAndMakesNoLink(String name, String quoted) {
        assertThat(Letters.quoted(name)).isEqualTo(quoted);
    }

    /** OWASP ASVS 5.0, 1.3.11: an address is the only header of a letter that somebody else writes. */
    @ParameterizedTest
    @ValueSource(strings = {"a@example.org\r\nBcc: b@example.org", "a\nb@example.org", "a@example.org, b@example.org"})
    void anAddressIsOneAndOneLine(String address) {
        assertThatThrownBy(() -> Text.email("email", address)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void theOneLinkOfAnInvitationIsOurs() {
        String letter = Letters.invitation("See http://evil.example", "viewer", "https://berth.test/invitation?link=x");
        assertThat(letter).containsOnlyOnce("://").doesNotContain("evil.example");
        assertThat(Letters.INVITATION).doesNotContain("%");
    }
}
