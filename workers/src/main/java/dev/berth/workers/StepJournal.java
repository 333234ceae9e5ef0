package dev.berth.workers;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.TenantRef;
import dev.berth.store.Ids;
import dev.berth.store.Step;
import dev.berth.store.Steps;
import dev.berth.store.Tenancy;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down every attempt of every activity, so that the console can answer "what is it doing, and why is it waiting?".
 *
 * <p>A journal that cannot be written delays nothing and fails nothing. Of a failure it keeps the sentence that was meant for
 * the user; of any other trouble only its kind, since messages of foreign code may hold addresses with credentials.
 */
final class StepJournal extends WorkerInterceptorBase {
    private static final Logger LOG = LoggerFactory.getLogger(StepJournal.class);
    private static final Pattern WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final Tenancy tenancy;
    private final Steps steps;

    StepJournal(DataSource source) {
        this.tenancy = new Tenancy(source);
        this.steps = new Steps(source);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Journalled(next);
    }

    /** {@code AwaitHealthy} reads {@code await healthy}. */
    static String words(String activityType) {
        return WORD.matcher(activityType).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    private final class Journalled extends ActivityInboundCallsInterceptorBase {
        private Optional<ActivityExecutionContext> context = Optional.empty();

        Journalled(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext executing) {
            context = Optional.of(executing);
            super.init(executing);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            Optional<Entry> entry = entry(input);
            entry.ifPresent(Entry::begin);
            try {
                ActivityOutput output = super.execute(input);
                entry.ifPresent(written -> written.finish(Step.State.SUCCEEDED, Optional.empty()));
                return output;
            } catch (ActivityWorkerShutdownException stopping) {
                entry.ifPresent(written -> written.finish(Step.State.FAILED, Optional.of("Its process was stopped.")));
                throw stopping;
            } catch (ActivityCompletionException unwanted) {
                entry.ifPresent(written -> written.finish(Step.State.CANCELLED, Optional.empty()));
                throw unwanted;
            } catch (RuntimeException | Error failure) {
                entry.ifPresent(written -> written.finish(Step.State.FAILED, Optional.of(sentence(failure))));
                throw failure;
            }
        }

        private Optional<Entry> entry(ActivityInput input) {
            Object[] arguments = input.getArguments();
            return context.map(ActivityExecutionContext::getInfo)
                    .flatMap(info -> arguments.length > 0 && arguments[0] instanceof TenantRef subject
                            ? Optional.of(new Entry(info, subject))
                            : Optional.empty());
        }
    }

    private static String sentence(Throwable failure) {
        return failure instanceof ApplicationFailure told
                ? told.getOriginalMessage()
                : "It is tried again (" + failure.getClass().getSimpleName() + ").";
    }

    private final class Entry {
        private final ActivityInfo info;
        private final TenantRef subject;
        private final String execution;

        Entry(ActivityInfo info, TenantRef subject) {
            this.info = info;
            this.subject = subject;
            this.execution = info.getWorkflowRunId() + ":" + info.getActivityId();
        }

        void begin() {
            write(() -> steps.begin(new Step(
                    Ids.next(),
                    subject.organizationId(),
                    subject.serviceId(),
                    kind(),
                    id(),
                    execution,
                    words(info.getActivityType()),
                    info.getAttempt(),
                    Step.State.RUNNING,
                    Optional.empty(),
                    Instant.now(),
                    Optional.empty())));
        }

        void finish(Step.State state, Optional<String> detail) {
            LOG.info(
                    "{} of {}: {}, attempt {}, {}{}",
                    words(info.getActivityType()),
                    info.getWorkflowId(),
                    kind(),
                    info.getAttempt(),
                    state,
                    detail.map(": "::concat).orElse(""));
            write(() -> steps.finish(subject.organizationId(), execution, info.getAttempt(), state, detail));
        }

        private void write(Runnable work) {
            try {
                tenancy.inOrg(subject.organizationId(), work);
            } catch (RuntimeException e) {
                LOG.warn("{} of {} could not be journalled: {}", info.getActivityType(), id(), e.getMessage());
            }
        }

        private Step.Subject kind() {
            return switch (subject) {
                case ServiceRef _ -> Step.Subject.SERVICE;
                case OperationRef _ -> Step.Subject.OPERATION;
                case BuildRef _ -> Step.Subject.BUILD;
                case DeploymentRef _ -> Step.Subject.DEPLOYMENT;
            };
        }

        private UUID id() {
            return switch (subject) {
                case ServiceRef service -> service.serviceId();
                case OperationRef operation -> operation.operationId();
                case BuildRef build -> build.buildId();
                case DeploymentRef deployment -> deployment.deploymentId();
            };
        }
    }
}
