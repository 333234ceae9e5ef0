package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.settings.Variable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

/** {@code docs/SECURITY.md} leaves out no table, no neighbour, no key and no algorithm that is in the code. */
class SecurityDocumentTests {
    private static final String DOCUMENT = "docs/SECURITY.md";
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern PRIMITIVE = Pattern.compile(
            "\\b(Cipher|Mac|MessageDigest|KDF|Signature|KeyPairGenerator|SecretKeyFactory)\\s*\\.getInstance\\(\\s*\"([^\"]+)\"");
    private static final Pattern PURPOSE = Pattern.compile("\"(berth [a-z -]+ v[0-9]+)\"");
    /** Where Berth listens, connects to, or takes another's word. */
    private static final Pattern NEIGHBOUR =
            Pattern.compile(".*_(URL|ADDRESS|ISSUER|HOST|HOSTS|PORT|PROXIES)|EDGE_CONTAINER");

    /** OWASP ASVS 5.0, 14.1.1. */
    @Test
    void eachTableOfTheDatabaseHasAClass() {
        Set<String> tables = Checkout.texts(Checkout.HOME.resolve("migrations"), ".sql").values().stream()
                .flatMap(text -> Pattern.compile("(?i)create table (?:if not exists )?([a-z_]+)")
                        .matcher(text)
                        .results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tables).hasSizeGreaterThan(20);
        assertThat(names("What the database keeps", 0)).containsExactlyInAnyOrderElementsOf(tables);
    }

    /** 14.1.2: what is said of a table is one of the classes, and of each class there is a rule. */
    @Test
    void eachClassHasItsRules() {
        Set<String> classes = Checkout.table(DOCUMENT, "What must not leak").stream()
                .map(List::getFirst)
                .collect(Collectors.toSet());
        assertThat(Checkout.table(DOCUMENT, "What must not leak"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).hasSize(4).noneMatch(String::isBlank));
        assertThat(Checkout.table(DOCUMENT, "What the database keeps"))
                .allSatisfy(row -> assertThat(row).hasSize(3).noneMatch(String::isBlank))
                .allSatisfy(row ->
                        assertThat(row.get(1).split(", ")).as(row.getFirst()).isSubsetOf(classes));
    }

    /** 13.1.1. */
    @Test
    void eachNeighbourThatASettingNamesIsThere() {
        Set<String> settings = Arrays.stream(Variable.values())
                .map(Enum::name)
                .filter(name -> NEIGHBOUR.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(settings).contains("TEMPORAL_ADDRESS", "OIDC_ISSUER", "SMTP_URL", "DOCKER_HOST");
        assertThat(names("What talks to what", 3)).containsAll(settings);
    }

    /** 11.1.2 and 11.4: the inventory and the code name the same. */
    @Test
    void theAlgorithmsAreThoseOfTheInventory() {
        Set<String> used = primitives().map(found -> found.group(2)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).contains("AES/GCM/NoPadding", "SHA-256", "HKDF-SHA256");
        assertThat(names("Algorithms", 0)).containsExactlyInAnyOrderElementsOf(used);
        assertThat(used)
                .as("what is broken, or joins blocks without a check")
                .noneMatch(name ->
                        name.matches("(?i).*(MD[245]|SHA-?1$|DES|RC4|ECB|CBC|PKCS1).*") && !name.equals("HmacSHA1"));
        assertThat(primitives().filter(found -> found.group(2).equals("HmacSHA1")))
                .as("TOTP alone")
                .hasSize(1);
    }

    @Test
    void eachKeyIsInTheInventory() {
        Set<String> purposes = Checkout.production().values().stream()
                .flatMap(text -> PURPOSE.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> settings = Arrays.stream(Variable.values())
                .map(Enum::name)
                .filter(name -> name.matches(".*(_KEY|_KEYS_.*|SECRET)"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(purposes).hasSizeGreaterThanOrEqualTo(3);
        assertThat(names("Keys", 0)).containsAll(purposes).containsAll(settings);
        assertThat(Checkout.table(DOCUMENT, "Keys"))
                .allSatisfy(row -> assertThat(row).hasSize(5).noneMatch(String::isBlank));
    }

    /** 11.2.1: Berth calls the JDK, and has no cipher of its own. */
    @Test
    void eachAlgorithmIsTheJdksOwn() throws GeneralSecurityException {
        for (MatchResult found : primitives().toList()) {
            String name = found.group(2);
            String provider = switch (found.group(1)) {
                case "Cipher" -> Cipher.getInstance(name).getProvider().getName();
                case "Mac" -> Mac.getInstance(name).getProvider().getName();
                case "KDF" -> KDF.getInstance(name).getProviderName();
                case "MessageDigest" ->
                    MessageDigest.getInstance(name).getProvider().getName();
                case "Signature" -> Signature.getInstance(name).getProvider().getName();
                default -> throw new IllegalStateException("Say here whose " + found.group(1) + " it is");
            };
            assertThat(provider).as(name).startsWithIgnoringCase("sun");
        }
        assertThat(Checkout.production())
                .noneSatisfy((path, text) ->
                        assertThat(text).containsPattern("extends (CipherSpi|MacSpi|MessageDigestSpi)"));
    }

    /** 11.5.1: chance that nobody may guess comes from SecureRandom; other chance is in no class that makes secrets. */
    @Test
    void noSecretIsMadeOfWeakChance() {
        assertThat(Checkout.production())
                .allSatisfy((path, text) -> assertThat(text)
                        .doesNotContainPattern(
                                "java\\.util\\.Random\\b|ThreadLocalRandom|Math\\.random|new Random\\("));
    }

    /** 15.1.1. */
    @Test
    void theTimeFramesForFixesAreWritten() {
        assertThat(Checkout.read("SECURITY.md"))
                .containsPattern("\\| critical \\| [0-9]+ days \\|")
                .containsPattern("\\| high \\| [0-9]+ days \\|")
                .contains("| medium, low | the next release |", "The same holds for the libraries");
    }

    private static Stream<MatchResult> primitives() {
        return Checkout.production().values().stream()
                .flatMap(text -> PRIMITIVE.matcher(text).results());
    }

    private static Set<String> names(String heading, int column) {
        return Checkout.table(DOCUMENT, heading).stream()
                .flatMap(row -> NAME.matcher(row.get(column)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
