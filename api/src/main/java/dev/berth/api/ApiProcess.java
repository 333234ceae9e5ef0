package dev.berth.api;

import dev.berth.settings.Settings;
import dev.berth.settings.SettingsException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** The process that answers HTTP. It starts without Temporal and keeps answering while the database is away. */
@SpringBootApplication(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
public class ApiProcess {
    public static void main(String[] arguments) {
        try {
            // Before anything else, so that the operator reads what is wrong and not where we noticed.
            Settings.of(System.getenv());
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        SpringApplication.run(ApiProcess.class, arguments);
    }
}
