package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTests {
    @ParameterizedTest
    @ValueSource(strings = {"a", "a1", "my-app", "a-1-b", "apis", "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"})
    void aDnsLabelIsASlug(String text) {
        assertThat(new Slug(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1a",
                "-a",
                "a-",
                "a--b",
                "A",
                "a_b",
                "a.b",
                "ä",
                "a b",
                "a\n",
                "api",
                "www",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmno"
            })
    void anythingElseIsNot(String text) {
        assertThat(Slug.problemOf(text)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new Slug(text));
    }

    @ParameterizedTest
    @CsvSource({
        "My app, my-app",
        "'  Grüße, Welt!  ', gru-e-welt",
        "42 is the answer, is-the-answer",
        "Ünïcode, unicode",
        "a--b__c, a-b-c",
        "a very long name that goes on and on and on for ever, a-very-long-name-that-goes-on-and-on-and"
    })
    void aNameSuggestsASlug(String name, String slug) {
        assertThat(Slug.suggestedBy(name)).contains(new Slug(slug));
    }

    @ParameterizedTest
    @ValueSource(strings = {"日本", "123", "!!!", "api"})
    void aNameWithoutUsableLettersSuggestsNone(String name) {
        assertThat(Slug.suggestedBy(name)).isEmpty();
    }

    @Test
    void theSuggestionForAnyNameIsASlugItself() {
        for (int length = 1; length < 60; length++) {
            assertThat(Slug.suggestedBy("x".repeat(length) + "-y")).isPresent();
        }
    }
}
