package dev.berth.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.Exchange;
import dev.berth.api.contract.Figures;
import dev.berth.api.contract.Openings;
import dev.berth.api.contract.Samples;
import dev.berth.api.contract.World;
import dev.berth.api.isolation.Matrix.Expected;
import dev.berth.api.isolation.Matrix.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation, asked for by every kind of caller and with every method, and after each request that must not have an effect
 * every row of the other organisation as it was.
 */
class IsolationTests {
    private static final Contract CONTRACT = Contract.committed();
    private static final Samples SAMPLES = new Samples(CONTRACT);
    private static final Openings OPENINGS = new Openings(CONTRACT);
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");
    /** A GET that signs in, and so ends the session that the browser had. */
    private static final String COMES_BY_LINK = "finishOidcSignIn";

    private static final Counter TOTAL = new Counter();

    static Stream<Endpoint> endpoints() {
        return CONTRACT.endpoints().stream();
    }

    static Stream<String> paths() {
        return endpoints().map(Endpoint::path).distinct();
    }

    @AfterAll
    static void tell() {
        Figures.tell(
                "isolation",
                "isolation: %d endpoints × %d callers and %d methods = %d requests, %s"
                        .formatted(
                                endpoints().count(),
                                CallerClass.values().length,
                                METHODS.size(),
                                TOTAL.requests(),
                                TOTAL.mistakes().isEmpty()
                                        ? "all as expected"
                                        : TOTAL.mistakes().size() + " not as expected"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void eachCallerGetsWhatTheTableSaysAndNothingElseHappens(Endpoint endpoint) {
        Counter counter = new Counter();
        Row row = Matrix.operations().get(endpoint.id());
        assertThat(row).as("Matrix has no row for " + endpoint.id()).isNotNull();
        World theirs = new World();
        for (CallerClass caller : CallerClass.values()) {
            boolean mayHaveEffect = ask(endpoint, row, caller, theirs, counter);
            theirs = mayHaveEffect ? new World() : theirs;
        }
        close(counter);
    }

    /** @return whether their rows may have changed by right */
    private static boolean ask(Endpoint endpoint, Row row, CallerClass caller, World theirs, Counter counter) {
        World own = caller.isStranger() ? new World() : theirs;
        Expected expected = Judge.at(endpoint, Matrix.expected(row.column(), caller));
        Map<String, String> credentials = caller.headers(theirs, own);
        Exchange exchange = OPENINGS.opened(SAMPLES.of(endpoint, theirs).withHeaders(credentials), theirs);
        boolean operates = row.need().equals("OPERATE") && expected == Expected.MAY;
        boolean tries = caller.isStranger() && !operates;
        // Who signs in with what the body says may do so whoever else sends the body.
        boolean byRight = expected == Expected.MAY && (!tries || row.need().equals("NOTHING"));
        boolean mayHaveEffect = byRight && (!endpoint.reads() || endpoint.id().equals(COMES_BY_LINK));
        Map<String, String> before = Rows.of(theirs.organization());
        String what = caller + " " + endpoint.id() + " ";
        if (tries) {
            Stranger stranger = new Stranger(SAMPLES, endpoint, theirs, own, credentials);
            stranger.mistakes(counter).forEach(mistake -> counter.mistake(what + mistake));
            if (stranger.attempts().isEmpty()) {
                Answer answer = counter.sent(exchange);
                Judge.verdict(expected, row, answer).ifPresent(mistake -> counter.mistake(what + mistake));
                Judge.betrayal(theirs, answer).ifPresent(mistake -> counter.mistake(what + mistake));
            }
            named(exchange, theirs, own, counter).ifPresent(mistake -> counter.mistake(what + mistake));
        } else {
            Answer answer = counter.sent(exchange);
            Judge.verdict(expected, row, answer)
                    .ifPresent(mistake -> counter.mistake(what + mistake + " to " + exchange));
            if (expected == Expected.UNAUTHENTICATED || caller.isOutside() && !operates) {
                Judge.betrayal(theirs, answer).ifPresent(mistake -> counter.mistake(what + mistake));
            }
        }
        if (!mayHaveEffect) {
            unchanged(theirs, before, inside(caller, expected), what, counter);
        }
        return mayHaveEffect;
    }

    /** That a member was refused is noted in the organisation's own trail; nobody else leaves a trace there. */
    private static boolean inside(CallerClass caller, Expected expected) {
        return !caller.isOutside() && expected != Expected.UNAUTHENTICATED;
    }

    /** The organisation that a header names is worth no more than one that an address names. */
    private static java.util.Optional<String> named(Exchange exchange, World theirs, World own, Counter counter) {
        Map<String, String> credentials = CallerClass.STRANGER_IN_PERSON.headers(theirs, own);
        Answer answer = counter.sent(exchange.withHeaders(credentials)
                .withHeader("X-Berth-Org", theirs.organization().toString()));
        boolean refusedOrPublic = answer.status() >= 400 && answer.status() < 500
                || Judge.betrayal(theirs, answer).isEmpty();
        return refusedOrPublic
                ? java.util.Optional.empty()
                : java.util.Optional.of("X-Berth-Org opened the door: " + answer);
    }

    private static void unchanged(
            World theirs, Map<String, String> before, boolean trail, String what, Counter counter) {
        Map<String, String> changed = new TreeMap<>(Rows.of(theirs.organization()));
        changed.entrySet().removeIf(table -> table.getValue().equals(before.get(table.getKey())));
        if (trail) {
            changed.keySet().removeIf(table -> table.startsWith("audit_"));
        }
        if (!changed.isEmpty()) {
            counter.mistake(what + "changed rows of " + changed.keySet());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void aMethodThatIsNotOfferedHasNoEffectForAnybody(String path) {
        Counter counter = new Counter();
        World theirs = new World();
        World own = new World();
        List<Endpoint> here =
                endpoints().filter(endpoint -> endpoint.path().equals(path)).toList();
        Set<String> offered = here.stream().map(Endpoint::method).collect(Collectors.toCollection(TreeSet::new));
        if (offered.contains("GET")) {
            offered.add("HEAD");
        }
        for (CallerClass caller : List.of(CallerClass.NOBODY, CallerClass.STRANGER, CallerClass.OWNER)) {
            Exchange exchange =
                    SAMPLES.of(here.getFirst(), theirs).withBody("").withHeaders(caller.headers(theirs, own));
            Map<String, String> before = Rows.of(theirs.organization());
            for (String method : METHODS) {
                if (!offered.contains(method)) {
                    Answer answer = counter.sent(exchange, method);
                    if (!isNoEntrance(caller, method, answer)) {
                        counter.mistake(caller + " " + method + " " + path + " got " + answer);
                    }
                }
            }
            if (offered.contains("HEAD")) {
                int head = counter.sent(exchange, "HEAD").status();
                int get = counter.sent(exchange, "GET").status();
                if (head != get) {
                    counter.mistake(caller + " " + path + " HEAD got " + head + ", GET " + get);
                }
            }
            unchanged(theirs, before, caller == CallerClass.OWNER, caller + " " + path + " ", counter);
        }
        close(counter);
    }

    private static boolean isNoEntrance(CallerClass caller, String method, Answer answer) {
        boolean tellsMethods = !answer.header("allow").isEmpty();
        return switch (answer.status()) {
            case 401 -> caller == CallerClass.NOBODY && !method.equals("TRACE");
            case 404 -> caller != CallerClass.OWNER && !method.equals("TRACE");
            case 405 -> tellsMethods || method.equals("TRACE");
            case 200 ->
                method.equals("OPTIONS") && tellsMethods && answer.body().isEmpty();
            default -> false;
        };
    }

    private static void close(Counter counter) {
        TOTAL.add(counter);
        assertThat(counter.mistakes()).isEmpty();
    }
}
