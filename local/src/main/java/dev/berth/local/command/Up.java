package dev.berth.local.command;

import dev.berth.local.LocalFailure;
import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import dev.berth.local.parts.Database;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.Launch;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code up [-d]}: gets what is missing, starts the stack, says where it answers. The second one is quick. */
public final class Up {
    private static final Duration LONGEST_START = Duration.ofSeconds(300);

    private final Stack stack;
    private final RunFolder folder;
    private final PrintStream out;

    public Up(Stack stack, PrintStream out) {
        this.stack = stack;
        this.folder = new RunFolder(stack.folders().run());
        this.out = out;
    }

    /** In the foreground, until Ctrl-C. */
    public int attached() throws IOException {
        if (takesOver()) {
            return announce();
        }
        Terminal terminal = new Terminal(stack.folders(), out, true);
        install(terminal);
        Thread.ofPlatform().daemon().name("ready").start(() -> {
            try {
                // The supervisor announces itself within moments of this.
                Pause.until(() -> folder.supervisor().isPresent(), Duration.ofSeconds(10));
                new Readiness(stack.folders(), folder).await(LONGEST_START);
                announce();
            } catch (IOException | LocalFailure e) {
                terminal.say("berth", String.valueOf(e.getMessage()));
            }
        });
        new Supervision(stack, folder, terminal, true).run();
        return 0;
    }

    /** Behind the terminal; returns when the stack is ready. */
    public int detached() throws IOException {
        if (!takesOver()) {
            Terminal terminal = new Terminal(stack.folders(), out, true);
            install(terminal);
            out.println(
                    "Starting; the words of all parts are in " + stack.folders().logs());
            ProcessIdentity supervisor = new Launch(
                            ownCommand("supervise"),
                            environment(),
                            stack.folders().home(),
                            stack.folders().log(Terminal.OWN_LOG))
                    .start();
            Pause.until(
                    () -> folder.supervisor().filter(supervisor::equals).isPresent() || !supervisor.alive(),
                    Duration.ofSeconds(30));
        }
        Readiness readiness = new Readiness(stack.folders(), folder);
        readiness.await(LONGEST_START, out::println);
        return announce();
    }

    /** The process behind {@code up -d}. */
    public int supervise() throws IOException {
        new Supervision(stack, folder, new Terminal(stack.folders(), out, false), false).run();
        return 0;
    }

    /**
     * @return whether a supervisor of the same build with the same settings runs already; another one is asked to leave first
     */
    private boolean takesOver() {
        if (folder.supervisor().isEmpty()) {
            return false;
        }
        boolean sameBuild = folder.supervisorJars()
                .filter(stack.folders().jars().toString()::equals)
                .isPresent();
        if (sameBuild
                && folder.supervisorSettings().filter(stack.settings()::equals).isPresent()) {
            return true;
        }
        out.println(
                sameBuild
                        ? "Replacing the supervisor, since the settings are others; parts that they are for start anew."
                        : "Replacing the supervisor of an older build; its parts run on.");
        folder.askForHandover();
        if (!Pause.until(() -> folder.supervisor().isEmpty(), Duration.ofSeconds(140))) {
            throw new LocalFailure("The running supervisor does not leave; run ./berth down first.");
        }
        return false;
    }

    private void install(Terminal terminal) throws IOException {
        List<Need> needs = new ArrayList<>(Need.ofTheStack());
        if (!stack.engine().own()) {
            needs.removeAll(List.of(Need.DOCKERD, Need.IP));
            if (!Programs.root()) {
                needs.remove(Need.IPTABLES);
            }
        }
        new Apt(terminal).ensure(needs);
    }

    private int announce() {
        Addresses addresses = Addresses.of(stack.ports());
        List<String> broken = new Readiness(stack.folders(), folder).broken();
        synchronized (out) {
            broken.forEach(sentence -> out.println("! " + sentence + " (./berth logs PART)"));
            out.println();
            out.println((broken.isEmpty() ? "Berth is up." : "Up, but for the above."));
            out.println("  console       " + addresses.console() + "   (sign in with the token of ./berth token)");
            new Database(stack.folders(), stack.ports(), stack.keys())
                    .welcomeLink()
                    .ifPresent(link -> out.println("  first admin   " + link + "   (works once, for an hour)"));
            out.println("  API           " + addresses.api());
            out.println("  apps          http://{name}.localhost:"
                    + addresses.edge().replaceAll(".*:", ""));
            out.println("  Temporal UI   " + addresses.temporalUi());
            out.flush();
        }
        return broken.isEmpty() ? 0 : 1;
    }

    private static List<String> ownCommand(String word) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        // A packed jar starts by its own loader, a folder of classes by our main class.
        command.add(
                System.getProperty("java.class.path").endsWith(".jar")
                        ? "org.springframework.boot.loader.launch.JarLauncher"
                        : "dev.berth.local.Berth");
        command.add(word);
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(stack.caller());
        environment.put("BERTH_HOME", stack.folders().home().toString());
        environment.put("BERTH_STATE", stack.folders().state().toString());
        environment.put("BERTH_CACHE", stack.folders().cache().toString());
        environment.put("BERTH_JARS", stack.folders().jars().toString());
        return environment;
    }
}
