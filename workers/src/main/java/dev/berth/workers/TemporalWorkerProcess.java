package dev.berth.workers;

import dev.berth.settings.Settings;
import dev.berth.settings.SettingsException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process. Ends with status 2 where a setting is wrong, and in good order on SIGTERM. */
public final class TemporalWorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalWorkerProcess.class);

    private TemporalWorkerProcess() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings;
        try {
            settings = Settings.of(System.getenv());
        } catch (SettingsException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Wiring wiring = Wiring.of(settings);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("goodbye").unstarted(() -> {
            wiring.close();
            ended.countDown();
        }));
        wiring.start();
        LOG.info("ready: polling {}", settings.temporalAddress());
        ended.await();
    }
}
