package dev.berth.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Conformance;
import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Contract.Body;
import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.Exchange;
import dev.berth.api.contract.Figures;
import dev.berth.api.contract.Openings;
import dev.berth.api.contract.Samples;
import dev.berth.api.contract.World;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent, the answer is as documented or a problem, and never a mistake of ours. A seed that once found something is
 * added to the fixed ones; today's date is one more, so that each day looks at other bodies.
 */
class FuzzTests {
    private static final List<Long> SEEDS =
            List.of(1L, 42L, LocalDate.now(ZoneOffset.UTC).toEpochDay());
    private static final int RANDOM_BODIES = 40;
    private static final Contract CONTRACT = Contract.committed();
    private static final Samples SAMPLES = new Samples(CONTRACT);
    private static final Openings OPENINGS = new Openings(CONTRACT);
    private static final int TOO_MANY = 429;
    /** Two lead a browser on; of the others one is of an organisation with services, and one of its last owner. */
    private static final Map<String, Integer> ANSWERS_OTHERWISE = Map.of(
            "startOidcSignIn", 302,
            "finishOidcSignIn", 302,
            // Nobody is on the way back from an issuer here; OidcTests goes the whole way.
            "finishOidcSignInWithCode", 401,
            "deleteOrganization", 409,
            "leaveOrganization", 409);

    private static final Tally TALLY = new Tally();

    static Stream<Form> forms() {
        return CONTRACT.endpoints().stream().flatMap(Form::of);
    }

    /**
     * An operation, with one of the bodies that it may have: who signs in sends a token, or address, password and code.
     */
    record Form(Endpoint endpoint, Variant variant) {
        /** What kind of body. */
        enum Variant {
            USUAL,
            BY_PASSWORD
        }

        static Stream<Form> of(Endpoint endpoint) {
            return endpoint.id().equals("createSession")
                    ? Stream.of(new Form(endpoint, Variant.USUAL), new Form(endpoint, Variant.BY_PASSWORD))
                    : Stream.of(new Form(endpoint, Variant.USUAL));
        }

        @Override
        public String toString() {
            return endpoint + (variant == Variant.USUAL ? "" : " " + variant);
        }
    }

    @AfterAll
    static void tell() {
        Figures.tell("fuzz", TALLY.line(SEEDS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aValidRequestIsAnsweredAsDocumented(Form form) {
        World world = new World();
        Exchange exchange = OPENINGS.opened(sample(form, world), world);
        Answer answer = TALLY.sent(exchange);
        assertThat(Conformance.mistakes(CONTRACT, form.endpoint(), answer))
                .as(exchange + "\n" + answer)
                .isEmpty();
        assertThat(answer.status())
                .as(exchange + "\n" + answer)
                .matches(
                        status -> answer.succeeded()
                                || status.equals(
                                        ANSWERS_OTHERWISE.get(form.endpoint().id())),
                        "is what those get who may");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void oneBrokenThingIsRefusedAtItsPlace(Form form) {
        List<String> failures = new ArrayList<>();
        for (long seed : SEEDS) {
            List<Mutation> mutations = mutations(form, seed);
            for (int i = 0; i < mutations.size(); i++) {
                Answer answer = TALLY.sent(mutations.get(i).exchange());
                if (answer.status() == TOO_MANY) {
                    // Too many attempts for this person: another one tries it.
                    mutations = mutations(form, seed);
                    answer = TALLY.sent(mutations.get(i).exchange());
                }
                Mutation mutation = mutations.get(i);
                Answer answered = answer;
                problem(form.endpoint(), mutation, answer)
                        .ifPresent(what -> failures.add(
                                "%n%s, seed %d, %s%n    %s%n    %s".formatted(form, seed, what, mutation, answered)));
                if (answer.succeeded() && !form.endpoint().reads()) {
                    // What had an effect may have spoilt the rows that the next request names.
                    mutations = mutations(form, seed);
                }
            }
        }
        World.restorePlatform();
        assertThat(failures).isEmpty();
    }

    private static Optional<String> problem(Endpoint endpoint, Mutation mutation, Answer answer) {
        return TALLY.judged(mutation, answer)
                .or(() -> answer.succeeded()
                        ? Conformance.mistakes(CONTRACT, endpoint, answer).stream()
                                .findFirst()
                                .map(mistake -> "is not as documented: " + mistake)
                        : Optional.empty());
    }

    /** Always the same ones for a seed, but for the rows that they name. */
    private static List<Mutation> mutations(Form form, long seed) {
        Endpoint endpoint = form.endpoint();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Exchange valid = sample(form, new World());
        List<Mutation> mutations = new ArrayList<>();
        if (seed == SEEDS.getFirst()) {
            mutations.addAll(AddressMutations.of(endpoint, valid, random));
            endpoint.body().ifPresent(body -> {
                mutations.addAll(FieldMutations.of(CONTRACT, valid, body.schema()));
                mutations.addAll(BodyMutations.of(valid, body.required(), random));
            });
        }
        endpoint.body().ifPresent(body -> mutations.addAll(anything(valid, body, random)));
        return mutations;
    }

    /** Random bodies, of which the document itself says whether they are allowed. */
    private static List<Mutation> anything(Exchange valid, Body body, RandomGenerator random) {
        RandomBodies bodies = new RandomBodies(random);
        ObjectNode object = (ObjectNode) Contract.JSON.readTree(valid.text());
        return Stream.generate(() -> bodies.of(object))
                .limit(RANDOM_BODIES)
                .map(other -> {
                    Exchange sent = valid.withBody(other.toString());
                    return Conformance.mistakes(CONTRACT, body.schema(), other).isEmpty()
                            ? Mutation.survives("anything", sent)
                            : Mutation.refused("anything", sent);
                })
                .toList();
    }

    private static Exchange sample(Form form, World world) {
        Exchange usual = SAMPLES.of(form.endpoint(), world).withHeaders(world.everybody());
        return switch (form.variant()) {
            case USUAL -> usual;
            case BY_PASSWORD -> usual.withBody(OPENINGS.password(world).toString());
        };
    }
}
