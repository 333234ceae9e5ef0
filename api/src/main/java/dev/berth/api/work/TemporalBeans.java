package dev.berth.api.work;

import dev.berth.settings.Settings;
import dev.berth.workflows.client.AddedInterceptors;
import dev.berth.workflows.payload.PayloadKey;
import dev.berth.workflows.payload.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to Temporal, made when first used: the API starts and answers without it. */
@Configuration(proxyBeanMethods = false)
class TemporalBeans {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Bean(destroyMethod = "shutdownNow")
    WorkflowServiceStubs temporal(Settings settings) {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.temporalAddress())
                .setRpcTimeout(PATIENCE)
                .setRpcRetryOptions(RpcRetryOptions.newBuilder()
                        .setExpiration(PATIENCE)
                        .setMaximumAttempts(3)
                        .build())
                .build());
    }

    @Bean
    WorkflowClient workflowClient(WorkflowServiceStubs temporal, Settings settings) {
        return WorkflowClient.newInstance(
                temporal,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.temporalNamespace())
                        .setDataConverter(Payloads.sealed(
                                PayloadKey.of(settings.payloadKey()),
                                settings.formerPayloadKeys().stream()
                                        .map(PayloadKey::of)
                                        .toList()))
                        .setInterceptors(AddedInterceptors.ofClients().toArray(WorkflowClientInterceptor[]::new))
                        .build());
    }
}
