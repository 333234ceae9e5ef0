package dev.berth.failpoints;

import static dev.berth.failpoints.Failpoint.Side.AFTER;
import static dev.berth.failpoints.Failpoint.Side.BEFORE;

import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Between the commit of an operation and the start of its service's workflow. */
public final class HeldWakeUps extends WorkflowClientInterceptorBase {
    private static final Pattern OF_SERVICE = Pattern.compile("service/([0-9a-f-]{36})");

    private final Gate gate;

    /** For the service loader. */
    public HeldWakeUps() {
        this(Gate.ofThisProcess());
    }

    HeldWakeUps(Gate gate) {
        this.gate = gate;
    }

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(WorkflowClientCallsInterceptor next) {
        return new WorkflowClientCallsInterceptorBase(next) {
            @Override
            public WorkflowSignalWithStartOutput signalWithStart(WorkflowSignalWithStartInput input) {
                Optional<UUID> service = service(input.getWorkflowStartInput().getWorkflowId());
                service.ifPresent(id -> gate.pass(new Failpoint(BEFORE, Failpoint.WAKE, id), () -> {}));
                WorkflowSignalWithStartOutput output = super.signalWithStart(input);
                service.ifPresent(id -> gate.pass(new Failpoint(AFTER, Failpoint.WAKE, id), () -> {}));
                return output;
            }
        };
    }

    private static Optional<UUID> service(String workflowId) {
        Matcher matcher = OF_SERVICE.matcher(workflowId);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }
}
