package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the console's source may not do, whoever changes it: rules that a browser cannot hold for us. */
class ConsoleSourceTests {
    /** Without what is generated, and without tests. */
    private static final Map<String, String> SOURCE =
            Checkout.texts(Checkout.HOME.resolve("ui/src"), ".ts", ".tsx").entrySet().stream()
                    .filter(file ->
                            !file.getKey().endsWith(".d.ts") && !file.getKey().contains(".spec."))
                    .collect(Collectors.toMap(Map.Entry::getKey, file -> withoutComments(file.getValue())));

    private static final String PAGE = Checkout.read("ui/index.html");
    private static final Pattern PASSWORD_FIELD =
            Pattern.compile("<(\\w+)(?:(?!<\\w)[\\s\\S])*?autoComplete=\"(?:current|new)-password\"");
    private static final Pattern MASKED = Pattern.compile("<PasswordField\\b(?:(?!/>)[\\s\\S])*?/>");

    private static final Pattern TO_THE_ISSUER = Pattern.compile("[^\\s({]*/api/sign-in/oidc[\"`']");

    private static final Pattern NAMED_WRITE = Pattern.compile("\\w\\[[^\\]\\n]+\\]\\s*=[^=>]");

    private static String withoutComments(String text) {
        return text.replaceAll("(?m)^\\s*(//|/?\\*).*$", "");
    }

    private static void nowhere(String regex) {
        assertThat(SOURCE)
                .hasSizeGreaterThan(50)
                .allSatisfy((path, text) -> assertThat(text).as(path).doesNotContainPattern(regex));
    }

    /** OWASP ASVS 5.0, 3.2.2. */
    @Test
    void textBecomesTextAndNeverMarkupOrCode() {
        nowhere(
                "dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|createContextualFragment"
                        + "|\\beval\\(|new Function\\(|srcDoc|javascript:");
    }

    /** 3.7.1. */
    @Test
    void nothingNeedsAPluginOrAFrame() {
        nowhere("<(object|embed|applet|iframe|frame)\\b");
        assertThat(PAGE).doesNotContainPattern("<(object|embed|applet|iframe|frame)\\b");
    }

    /** 3.7.2: other hosts are reached by a link that somebody follows. */
    @Test
    void nobodyIsLedToAnotherHost() {
        nowhere(
                "location\\.(href|host|hostname)\\s*=[^=]|location\\.(assign|replace)\\(|window\\.open\\(|location\\s*=[^=>]");
        assertThat(PAGE).doesNotContainIgnoringCase("http-equiv=\"refresh\"");
    }

    /** 7.6.2: the issuer is gone to by whoever follows the link to it, and by no code. */
    @Test
    void theIssuerIsALink() {
        assertThat(SOURCE.values().stream()
                        .flatMap(text -> TO_THE_ISSUER.matcher(text).results())
                        .map(found -> found.group()))
                .isNotEmpty()
                .containsOnly("href=\"/api/sign-in/oidc\"");
    }

    /** 6.2.6 and 6.2.7. */
    @Test
    void passwordsAreMaskedAndNobodyKeepsAPasswordManagerOut() {
        List<String> fields = SOURCE.values().stream()
                .flatMap(text -> PASSWORD_FIELD.matcher(text).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(fields).hasSizeGreaterThanOrEqualTo(5).containsOnly("PasswordField");
        assertThat(SOURCE.get("ui/src/ui/password-field.tsx"))
                .contains("<PasswordInput")
                .doesNotContainPattern("on(Paste|Copy|Cut|Drop|BeforeInput)=");
        assertThat(SOURCE.values().stream()
                        .flatMap(text -> MASKED.matcher(text).results())
                        .map(found -> found.group()))
                .hasSizeGreaterThanOrEqualTo(fields.size())
                .allSatisfy(field -> assertThat(field)
                        .contains("autoComplete=")
                        .doesNotContainPattern("on(Paste|Copy|Cut|Drop|BeforeInput)="));
    }

    /** 14.3.3. */
    @Test
    void theBrowserKeepsTwoChoicesAndNoData() {
        assertThat(filesWith("localStorage"))
                .containsExactly("ui/src/access/chosen-organization.ts", "ui/src/theme.ts");
        // Where somebody wants to go who leaves for the outside issuer: in that tab, for minutes, once.
        assertThat(filesWith("sessionStorage")).containsExactly("ui/src/access/next-address.ts");
        nowhere("indexedDB|document\\.cookie|caches\\.open|serviceWorker");
    }

    private static List<String> filesWith(String text) {
        return SOURCE.entrySet().stream()
                .filter(file -> file.getValue().contains(text))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** 14.2.3: nobody else is asked for anything, so nobody else is told anything. */
    @Test
    void nothingIsLoadedFromOrSentToAnotherHost() {
        nowhere(
                "(src|href|action)=\\{?[\"'`]https?:|fetch\\(\\s*[\"'`]https?:|new (WebSocket|EventSource)\\(\\s*[\"'`]|sendBeacon"
                        + "|url\\(\\s*[\"']?https?:");
        assertThat(PAGE).doesNotContainPattern("(src|href)=\"(https?:)?//");
    }

    /** 15.3.5. */
    @Test
    void typesAreStrictAndSoAreComparisons() {
        assertThat(Checkout.read("ui/tsconfig.json"))
                .contains("\"strict\": true", "\"noUncheckedIndexedAccess\": true");
        nowhere("[^=!<>]==[^=]|!=[^=]|:\\s*any\\b|\\bas any\\b|<any>|@ts-(ignore|nocheck|expect-error)");
    }

    /** 15.3.6: the two places that write a named field take its name from a list of ours. */
    @Test
    void noNameOfAUsersReachesAPrototype() {
        nowhere("__proto__|\\.prototype\\b|Object\\.(assign|setPrototypeOf|defineProperty)\\(");
        List<String> writers = SOURCE.entrySet().stream()
                .filter(file -> NAMED_WRITE.matcher(file.getValue()).find())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        assertThat(writers).containsExactly("ui/src/forms/service-values.ts", "ui/src/forms/use-request.ts");
    }
}
