package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** OWASP ASVS 5.0, 1.2.4 and 1.2.5: what somebody sends is a parameter, and never a part of a statement or of a command. */
class SqlSourceTests {
    private static final String CALL = ".sql(";
    private static final Pattern LITERAL = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"");
    private static final Pattern CONSTANTS = Pattern.compile("(?:(?:[A-Z]\\w*\\.)?[A-Z_]+|[+\\s])*");
    private static final Pattern SHELL = Pattern.compile("\"(?:/bin/)?(?:ba)?sh\",\\s*\"-c\",\\s*([^,)\\s]+)");

    /** Names that stand in statements besides constants, each of a constant; whoever adds one says here which. */
    private static final Map<String, Set<String>> NAMES = Map.of(
            // The two tables of logs.
            "LogChunks.java", Set.of(".formatted(table, of)"),
            // A condition of its own class.
            "Supersession.java", Set.of("statement()"),
            // One of the constants of its own class.
            "Quotas.java", Set.of("sql"),
            "Tokens.java", Set.of("question"),
            // A password that the launcher has made itself.
            "Database.java", Set.of("question", "+ OWNER + + keys.ownerPassword() +"),
            // Passwords of roles, quoted by PostgreSQL's own format().
            "Migrations.java", Set.of("statement"));

    @Test
    void noStatementIsPutTogetherFromInput() {
        List<String> statements = new ArrayList<>();
        Checkout.production().forEach((path, text) -> {
            for (int from = text.indexOf(CALL); from >= 0; from = text.indexOf(CALL, from + 1)) {
                String argument = argument(text, from + CALL.length());
                statements.add(argument);
                String name = path.substring(path.lastIndexOf('/') + 1);
                String rest = LITERAL.matcher(argument).replaceAll("").strip().replaceAll("\\s+", " ");
                assertThat(CONSTANTS.matcher(rest).matches()
                                || NAMES.getOrDefault(name, Set.of()).contains(rest))
                        .as("%s: %s", path, argument)
                        .isTrue();
            }
        });
        assertThat(statements).hasSizeGreaterThan(100);
    }

    @Test
    void noShellIsGivenAnythingButAConstant() {
        List<String> scripts = new ArrayList<>();
        Checkout.production()
                .forEach((path, text) -> SHELL.matcher(text).results().forEach(found -> scripts.add(found.group(1))));
        assertThat(scripts).isNotEmpty().allMatch(script -> script.matches("[A-Z_]+"));
    }

    /** What stands between the call's brackets. */
    private static String argument(String text, int from) {
        java.util.regex.Matcher literal = LITERAL.matcher(text);
        int depth = 1;
        int at = from;
        while (depth > 0) {
            if (text.charAt(at) == '"' && literal.find(at) && literal.start() == at) {
                at = literal.end();
                continue;
            }
            depth += switch (text.charAt(at)) {
                case '(' -> 1;
                case ')' -> -1;
                default -> 0;
            };
            at++;
        }
        return text.substring(from, at - 1);
    }
}
