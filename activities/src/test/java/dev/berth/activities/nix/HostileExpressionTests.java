package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.domain.Failure;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions that a tenant may write, and must not get away with. One row each. */
@RealPart("nix")
class HostileExpressionTests {
    private static final String HASH = "outputHash = \"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\";"
            + " outputHashAlgo = \"sha256\"; outputHashMode = \"flat\";";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            reads a file of the machine           | builtins.readFile /etc/passwd                          | EXPRESSION_REFUSED
            takes a folder of the machine         | "${/etc}"                                              | EXPRESSION_REFUSED
            climbs out of its folder              | builtins.readFile ../secret                            | EXPRESSION_REFUSED
            follows a link out of its folder      | builtins.readFile ./link                               | EXPRESSION_REFUSED
            lists the store                       | builtins.readDir /nix/store                            | EXPRESSION_REFUSED
            fetches a URL                         | builtins.readFile (builtins.fetchurl "http://127.0.0.1/x") | EXPRESSION_REFUSED
            fetches an archive                    | import (builtins.fetchTarball "http://127.0.0.1/x.tar.gz") | EXPRESSION_REFUSED
            fetches from Git                      | builtins.fetchGit "http://127.0.0.1/x.git"             | EXPRESSION_REFUSED
            builds while it evaluates             | import (derivation { name = "x"; system = "x86_64-linux"; builder = "/x"; }) | EXPRESSION_REFUSED
            builds with the network               | derivation { name = "x"; system = "x86_64-linux"; builder = "/x"; HASH } | EXPRESSION_REFUSED
            lets Nix itself download              | derivation { name = "x"; system = "builtin"; builder = "builtin:fetchurl"; url = "http://127.0.0.1/"; unpack = ""; executable = ""; HASH } | EXPRESSION_REFUSED
            asks for no sandbox                   | derivation { name = "x"; system = "x86_64-linux"; builder = "/x"; __noChroot = true; } | EXPRESSION_REFUSED
            asks for the machine's environment    | derivation { name = "x"; system = "x86_64-linux"; builder = "/x"; impureEnvVars = [ "HOME" ]; } | EXPRESSION_REFUSED
            hides that in structured attributes   | derivation { name = "x"; system = "x86_64-linux"; builder = "/x"; __structuredAttrs = true; __noChroot = true; } | EXPRESSION_REFUSED
            runs a program                        | builtins.exec [ "id" ]                                 | EXPRESSION_INVALID
            calls itself for ever                 | let f = x: 1 + f (x + 1); in f 1                       | EXPRESSION_INVALID
            never ends                            | let f = x: f x; in f 1                                 | EXPRESSION_INVALID
            eats all memory                       | let f = l: f (l ++ l); in f [ 1 2 3 4 ]                | EXPRESSION_INVALID
            describes nothing to build            | { }                                                    | EXPRESSION_INVALID
            is no Nix at all                      | <!doctype html>                                        | EXPRESSION_INVALID
            """)
    void isRefused(String what, String expression, String code) throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("secret"), "not for you");
        Path app = Files.createDirectory(folder.resolve("app"));
        Files.createSymbolicLink(app.resolve("link"), Path.of("../secret"));
        Path file = Files.writeString(app.resolve("app.nix"), expression.replace("HASH", HASH));

        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> new Evaluator(builder.store)
                        .evaluate(new Evaluator.Expression(file, Map.of(), List.of()), () -> {}));

        assertThat(failure).as(what).isNotNull();
        assertThat(failure.getType())
                .as(failure + " " + failure.getDetails().get(0, Failure.class))
                .isEqualTo(code);
    }

    @Test
    void argumentsOfAPlanAreDataAndNoCode() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("server.js"), "");
        Files.writeString(folder.resolve("package.json"), """
                {"scripts": {"start": "node server.js \\" ${builtins.readFile /etc/passwd} '' ' $(id) \\n"}}
                """);

        String output = builder.build(folder);

        assertThat(builder.store.physical(output + "/bin/start"))
                .content()
                .contains("sh -c 'node server.js \" ${builtins.readFile /etc/passwd} '\\'''\\'' '\\'' $(id)'");
    }
}
