package dev.berth.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.LocalFailure;
import dev.berth.local.Port;
import dev.berth.local.command.Up;
import dev.berth.local.parts.Database;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.Pause;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From nothing to a URL, and then everything that may go wrong with a deploy. Each step's promise is checked. */
public final class Demo {
    private static final String NAME = "hello-node";
    private static final String FIRST = "hello from version 1";
    private static final String SECOND = "hello from version 2";
    private static final List<String> ENDS = List.of("running", "failed", "rolled_back", "cancelled", "superseded");
    private static final Duration FIRST_BUILD = Duration.ofMinutes(10);
    private static final Duration LATER = Duration.ofMinutes(4);
    /** What was in flight in the process that died; everything after it is answered by the version before. */
    private static final int LOST_WITH_THE_CRASH = 8;

    private final Stack stack;
    private final Narration narration;
    private final PrintStream out;

    public Demo(Stack stack, PrintStream out) {
        this.stack = stack;
        this.narration = new Narration(out);
        this.out = out;
    }

    /** @return 0 when all was as promised */
    public int run() throws IOException {
        narration.chapter("Starting Berth");
        if (new Up(stack, out).detached() != 0) {
            throw new LocalFailure(
                    "The stack is not complete, so there is nothing to show; ./berth doctor says what is missing.");
        }
        Repository repository = new Repository(stack.folders().data("demo"));
        try (GitOverHttp git =
                new GitOverHttp(repository.served(), stack.ports().of(Port.GIT))) {
            tell(repository, stack.ports().url(Port.GIT) + "/hello.git");
        }
        return 0;
    }

    private void tell(Repository repository, String gitUrl) throws IOException {
        Api api = new Api(
                stack.ports().url(Port.API), Database.token(stack.folders()).value());
        narration.chapter("1. From a Git repository to a URL");
        repository.commit(example("hello-node"), Map.of(), "Say hello");
        narration.did("repository served locally", gitUrl);
        App app = App.named(api, NAME, gitUrl);
        narration.did("service", app.service().path("name").asText());
        JsonNode first = expect("running", app.await(app.deploy(), ENDS, FIRST_BUILD));
        narration.steps(app.build(first.path("buildId").asText()), first);
        expectAnswer(app, FIRST);

        narration.chapter("2. A second commit, deployed while people use the first");
        repository.commit(example("hello-node"), Map.of(FIRST, SECOND), "Say hello again");
        Visitors duringDeploy = visitors(app);
        JsonNode second = expect("running", app.await(app.deploy(), ENDS, LATER));
        expectAnswer(app, SECOND);
        narration.steps(app.build(second.path("buildId").asText()), second);
        promise(duringDeploy.leave(), 0, LATER);

        narration.chapter("3. A commit that never gets healthy");
        repository.commit(example("never-healthy"), Map.of(), "Break the health check");
        Visitors duringFailure = visitors(app);
        JsonNode unhealthy = expect("failed", app.await(app.deploy(), ENDS, LATER));
        narration.reason(unhealthy);
        promise(duringFailure.leave(), 0, LATER);
        expectAnswer(app, SECOND);

        // A roll-back by itself goes to what has outlived its own soak; until then it would go further back.
        app.awaitStep(second.path("id").asText(), "prove", LATER);

        narration.chapter("4. A commit that crashes while it is still watched");
        repository.commit(example("crashes-in-soak"), Map.of(), "Crash after a while");
        Visitors duringCrash = visitors(app);
        String crashing = app.deploy();
        expect("rolled_back", app.await(crashing, List.of("rolled_back", "failed", "cancelled", "superseded"), LATER));
        narration.reason(app.deployment(crashing));
        expectAnswer(app, SECOND);
        promise(duringCrash.leave(), LOST_WITH_THE_CRASH, LATER);

        narration.chapter("5. Back to the first version, by hand");
        Visitors duringRollback = visitors(app);
        app.rollBack(first.path("id").asText());
        expectAnswer(app, FIRST);
        promise(duringRollback.leave(), 0, LATER);

        narration.chapter("Look around");
        narration.did("app", app.url().toString());
        narration.did("console", "http://localhost:" + stack.ports().of(Port.API) + "/  (token: ./berth token)");
        narration.did("Temporal Web UI", stack.ports().url(Port.TEMPORAL_UI));
        narration.end();
    }

    private Path example(String name) {
        return stack.folders().home().resolve("examples").resolve(name);
    }

    private URI edge() {
        return URI.create(stack.ports().url(Port.EDGE) + "/");
    }

    private Visitors visitors(App app) throws IOException {
        return new Visitors(edge(), app.url().getAuthority());
    }

    private static JsonNode expect(String state, JsonNode deployment) {
        String seen = deployment.path("status").asText();
        if (!seen.equals(state)) {
            throw new LocalFailure("The deployment is " + seen + " instead of " + state + ": "
                    + deployment.path("reason").path("sentence").asText(deployment.toString()));
        }
        return deployment;
    }

    private void expectAnswer(App app, String text) throws IOException {
        String host = app.url().getAuthority();
        if (!Pause.until(() -> answer(host).filter(text::equals).isPresent(), Duration.ofSeconds(20))) {
            throw new LocalFailure(
                    app.url() + " answers '" + answer(host).orElse("nothing") + "' instead of '" + text + "'");
        }
        narration.did("URL answers", app.url() + "  →  " + text);
    }

    private Optional<String> answer(String host) {
        return Visitors.look(edge(), host)
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body)
                .map(String::strip);
    }

    private void promise(Visitors.Experience experience, int mostFailures, Duration longestSilence) {
        narration.did("meanwhile", experience.toString());
        if (experience.failed() > mostFailures || experience.longestSilence().compareTo(longestSilence) > 0) {
            throw new LocalFailure("The URL did not answer throughout, as it should have: " + experience);
        }
    }
}
