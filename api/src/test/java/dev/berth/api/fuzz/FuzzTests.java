package dev.berth.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Conformance;
import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Contract.Body;
import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.Exchange;
import dev.berth.api.contract.Figures;
import dev.berth.api.contract.Samples;
import dev.berth.api.contract.World;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
    private static final Tally TALLY = new Tally();

    static Stream<Endpoint> endpoints() {
        return CONTRACT.endpoints().stream();
    }

    @AfterAll
    static void tell() {
        Figures.tell("fuzz", TALLY.line(SEEDS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void aValidRequestIsAnsweredAsDocumented(Endpoint endpoint) {
        Exchange exchange = sample(endpoint);
        Answer answer = TALLY.sent(exchange);
        assertThat(Conformance.mistakes(CONTRACT, endpoint, answer))
                .as(exchange + "\n" + answer)
                .isEmpty();
        assertThat(answer.status()).as(exchange + "\n" + answer).isLessThan(500);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void oneBrokenThingIsRefusedAtItsPlace(Endpoint endpoint) {
        List<String> failures = new ArrayList<>();
        for (long seed : SEEDS) {
            List<Mutation> mutations = mutations(endpoint, seed);
            for (int i = 0; i < mutations.size(); i++) {
                Mutation mutation = mutations.get(i);
                Answer answer = TALLY.sent(mutation.exchange());
                problem(endpoint, mutation, answer)
                        .ifPresent(what -> failures.add(
                                "%n%s, seed %d, %s%n    %s%n    %s".formatted(endpoint, seed, what, mutation, answer)));
                if (answer.succeeded() && !endpoint.reads()) {
                    // What had an effect may have spoilt the rows that the next request names.
                    mutations = mutations(endpoint, seed);
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
    private static List<Mutation> mutations(Endpoint endpoint, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Exchange valid = sample(endpoint);
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

    private static Exchange sample(Endpoint endpoint) {
        World world = new World();
        return SAMPLES.of(endpoint, world).withHeaders(world.everybody());
    }
}
