package dev.berth.workflows.client;

import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What somebody put on the class path of a process beside its jar to stand between it and Temporal. Nothing that is shipped
 * provides any; a test stack puts its failpoints there.
 */
public final class AddedInterceptors {
    private AddedInterceptors() {}

    /** Around the activities of a Temporal worker. */
    public static List<WorkerInterceptor> ofWorkers() {
        return found(WorkerInterceptor.class);
    }

    /** Around what a process asks of Temporal. */
    public static List<WorkflowClientInterceptor> ofClients() {
        return found(WorkflowClientInterceptor.class);
    }

    private static <T> List<T> found(Class<T> kind) {
        return ServiceLoader.load(kind, AddedInterceptors.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
