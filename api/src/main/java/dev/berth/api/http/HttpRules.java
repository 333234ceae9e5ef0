package dev.berth.api.http;

import dev.berth.domain.ServiceState;
import dev.berth.settings.Settings;
import dev.berth.store.AuditEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How parameters are read, and what the container says by itself. */
@Configuration(proxyBeanMethods = false)
public class HttpRules implements WebMvcConfigurer {
    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageArgument());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, ServiceState.class, text -> lowerCase(ServiceState.values(), text));
        registry.addConverter(
                String.class, AuditEntry.Outcome.class, text -> lowerCase(AuditEntry.Outcome.values(), text));
    }

    /** Words are lower case in every answer, so they are in questions too. */
    private static <E extends Enum<E>> E lowerCase(E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not one of them"));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> strictTransport(Settings settings) {
        return tomcat -> {
            if ("https".equals(settings.clientUrl().getScheme())) {
                tomcat.addEngineValves(new StrictTransport());
            }
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemPages() {
        return tomcat -> tomcat.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName()));
    }
}
