package dev.berth.workers;

import dev.berth.activities.DiskFull;
import dev.berth.activities.registry.RegistryException;
import dev.berth.activities.swarm.EngineException;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Gives the platform's own trouble a name on its way to Temporal, so that whoever waited in vain reads which part was away, and
 * ends what is tried again for nothing.
 *
 * <p>A part of the platform's own is waited for as long as the activity's options say. What lies outside (a package registry,
 * a full disk) is given up after ten tries, about two minutes of pauses: nobody waits six hours for an answer.
 */
final class PlainWords extends WorkerInterceptorBase {
    private static final int MOST_TRIES = 10;
    private static final String OPERATOR = "Ask the platform's operator to look at it, then try again.";

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Named(next);
    }

    /** What an exception of an adapter means to the user; empty for one that nobody foresaw. */
    static Optional<Failure> of(Throwable trouble) {
        if (DiskFull.isBehind(trouble)) {
            return Optional.of(Failure.of(
                    FailureCode.NO_SPACE,
                    "A disk of the platform is full.",
                    "Ask the platform's operator to make room; what serves now is not affected."));
        }
        return switch (trouble) {
            case EngineException engine
            when engine.status() == 0 ->
                Optional.of(Failure.of(FailureCode.ENGINE_UNREACHABLE, "The Docker engine does not answer.", OPERATOR));
            case EngineException engine ->
                Optional.of(Failure.of(
                                FailureCode.ENGINE_REFUSED,
                                "The Docker engine answered with an error, " + engine.status() + ".",
                                OPERATOR)
                        .withEvidence(String.valueOf(engine.getMessage())));
            case RegistryException registry
            when registry.isRefusal() ->
                Optional.of(Failure.of(
                                FailureCode.REGISTRY_REFUSED, "The registry refuses what Berth asks of it.", OPERATOR)
                        .withEvidence(String.valueOf(registry.getMessage())));
            case RegistryException registry ->
                Optional.of(Failure.of(FailureCode.REGISTRY_UNREACHABLE, "The registry cannot be used.", OPERATOR)
                        .withEvidence(causeOf(registry)));
            default ->
                isDatabaseAway(trouble)
                        ? Optional.of(
                                Failure.of(FailureCode.DATABASE_UNREACHABLE, "The database does not answer.", OPERATOR))
                        : Optional.empty();
        };
    }

    private static String causeOf(RegistryException registry) {
        return Optional.ofNullable(registry.getCause()).map(String::valueOf).orElse("");
    }

    /** SQL states of class 08 are about the connection, 57P about a server that goes or comes. Source: PostgreSQL, appendix A. */
    private static boolean isDatabaseAway(Throwable trouble) {
        return anyCause(
                trouble,
                cause -> cause instanceof DataAccessResourceFailureException
                        || cause instanceof CannotCreateTransactionException
                        || cause instanceof SQLException sql
                                && String.valueOf(sql.getSQLState()).matches("08...|57P0."));
    }

    private static boolean anyCause(Throwable trouble, Predicate<Throwable> what) {
        return Stream.<Throwable>iterate(trouble, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(what);
    }

    private static final class Named extends ActivityInboundCallsInterceptorBase {
        private Optional<ActivityExecutionContext> context = Optional.empty();

        Named(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext executing) {
            context = Optional.of(executing);
            super.init(executing);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            try {
                return super.execute(input);
            } catch (RuntimeException thrown) {
                int attempt = context.map(executing -> executing.getInfo().getAttempt())
                        .orElse(1);
                throw reworded(thrown, attempt);
            }
        }
    }

    /** @param attempt counts from 1 */
    static RuntimeException reworded(RuntimeException thrown, int attempt) {
        if (thrown instanceof ApplicationFailure told) {
            return attempt >= MOST_TRIES && isOutside(told) ? forGood(told) : told;
        }
        return of(thrown)
                .<RuntimeException>map(failure -> ApplicationFailure.newFailureWithCause(
                        failure.sentence(), failure.code().name(), thrown, failure))
                .orElse(thrown);
    }

    private static boolean isOutside(ApplicationFailure told) {
        return Arrays.stream(FailureCode.values())
                .filter(code -> code.name().equals(told.getType()))
                .anyMatch(code -> code.blame() != FailureCode.Blame.PLATFORM);
    }

    private static ApplicationFailure forGood(ApplicationFailure told) {
        return ApplicationFailure.newNonRetryableFailure(
                told.getOriginalMessage(), told.getType(), told.getDetails().get(0, Failure.class));
    }
}
