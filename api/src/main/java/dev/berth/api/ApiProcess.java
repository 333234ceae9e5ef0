package dev.berth.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** The process that answers HTTP. It starts without Temporal and keeps answering while the database is away. */
@SpringBootApplication(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
public class ApiProcess {
    public static void main(String[] arguments) {
        SpringApplication.run(ApiProcess.class, arguments);
    }
}
