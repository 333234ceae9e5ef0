package dev.berth.api;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.berth.settings.Settings;
import dev.berth.settings.Variable;
import dev.berth.store.Audit;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Canaries;
import dev.berth.store.Cancellations;
import dev.berth.store.Deployments;
import dev.berth.store.Findings;
import dev.berth.store.Grants;
import dev.berth.store.Holds;
import dev.berth.store.Hosts;
import dev.berth.store.IdempotencyKeys;
import dev.berth.store.Identities;
import dev.berth.store.Invitations;
import dev.berth.store.Memberships;
import dev.berth.store.Migrations;
import dev.berth.store.OneTimeLinks;
import dev.berth.store.Operations;
import dev.berth.store.Organizations;
import dev.berth.store.People;
import dev.berth.store.Quotas;
import dev.berth.store.Releases;
import dev.berth.store.SecondFactors;
import dev.berth.store.Services;
import dev.berth.store.Sessions;
import dev.berth.store.Steps;
import dev.berth.store.Templates;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import dev.berth.store.Utilisation;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts settings and repositories, which know no Spring, in reach of what does. */
@Configuration(proxyBeanMethods = false)
class StoreBeans {
    private static final int CONNECTIONS = 16;
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);

    @Bean
    Settings settings(Environment environment) {
        Map<String, String> variables = new HashMap<>();
        for (Variable variable : Variable.values()) {
            String value = environment.getProperty(variable.name());
            if (value != null) {
                variables.put(variable.name(), value);
            }
        }
        return Settings.of(variables);
    }

    /** Connects when the first request comes, so that the API starts before its database and outlives its restarts. */
    @Bean
    HikariDataSource dataSource(Settings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(Migrations.dataSourceOfProcess(settings.databaseUrl()));
        pool.setPoolName("rows");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    @Bean
    Tenancy tenancy(DataSource dataSource) {
        return new Tenancy(dataSource);
    }

    @Bean
    Tokens tokens(DataSource dataSource) {
        return new Tokens(dataSource);
    }

    @Bean
    Audit audit(DataSource dataSource) {
        return new Audit(dataSource);
    }

    @Bean
    IdempotencyKeys idempotencyKeys(DataSource dataSource) {
        return new IdempotencyKeys(dataSource);
    }

    @Bean
    Services services(DataSource dataSource) {
        return new Services(dataSource);
    }

    @Bean
    Deployments deployments(DataSource dataSource) {
        return new Deployments(dataSource);
    }

    @Bean
    Builds builds(DataSource dataSource) {
        return new Builds(dataSource);
    }

    @Bean
    BuildLogs buildLogs(DataSource dataSource) {
        return new BuildLogs(dataSource);
    }

    @Bean
    Releases releases(DataSource dataSource) {
        return new Releases(dataSource);
    }

    @Bean
    Operations operations(DataSource dataSource) {
        return new Operations(dataSource);
    }

    @Bean
    Holds holds(DataSource dataSource) {
        return new Holds(dataSource);
    }

    @Bean
    Cancellations cancellations(DataSource dataSource) {
        return new Cancellations(dataSource);
    }

    @Bean
    Canaries canaries(DataSource dataSource) {
        return new Canaries(dataSource);
    }

    @Bean
    Steps steps(DataSource dataSource) {
        return new Steps(dataSource);
    }

    @Bean
    Templates templates(DataSource dataSource) {
        return new Templates(dataSource);
    }

    @Bean
    Sessions sessions(DataSource dataSource) {
        return new Sessions(dataSource);
    }

    @Bean
    Memberships memberships(DataSource dataSource) {
        return new Memberships(dataSource);
    }

    @Bean
    People people(DataSource dataSource) {
        return new People(dataSource);
    }

    @Bean
    SecondFactors secondFactors(DataSource dataSource) {
        return new SecondFactors(dataSource);
    }

    @Bean
    Organizations organizations(DataSource dataSource) {
        return new Organizations(dataSource);
    }

    @Bean
    Quotas quotas(DataSource dataSource) {
        return new Quotas(dataSource);
    }

    @Bean
    Utilisation utilisation(DataSource dataSource) {
        return new Utilisation(dataSource);
    }

    @Bean
    Findings findings(DataSource dataSource) {
        return new Findings(dataSource);
    }

    @Bean
    Hosts hosts(DataSource dataSource) {
        return new Hosts(dataSource);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Invitations invitations(DataSource dataSource) {
        return new Invitations(dataSource);
    }

    @Bean
    Grants grants(DataSource dataSource) {
        return new Grants(dataSource);
    }

    @Bean
    OneTimeLinks oneTimeLinks(DataSource dataSource) {
        return new OneTimeLinks(dataSource);
    }

    @Bean
    Identities identities(DataSource dataSource) {
        return new Identities(dataSource);
    }
}
