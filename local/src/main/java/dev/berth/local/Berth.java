package dev.berth.local;

import dev.berth.local.command.BenchCommand;
import dev.berth.local.command.Doctor;
import dev.berth.local.command.Down;
import dev.berth.local.command.Hold;
import dev.berth.local.command.Logs;
import dev.berth.local.command.Status;
import dev.berth.local.command.Up;
import dev.berth.local.demo.Demo;
import dev.berth.local.parts.Database;
import dev.berth.local.parts.Stack;
import dev.berth.local.test.Suite;
import dev.berth.local.test.TestCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The command line. */
public final class Berth {
    private static final String HELP = """
            Berth on one machine.

              ./berth demo               start everything and deploy the examples, step by step
              ./berth up [-d]            start the stack; -d returns when it is ready
              ./berth down [--purge]     stop it; --purge forgets its data too
              ./berth status [--json]    addresses, and each part's state
              ./berth stop PART          hold a part down        ./berth start PART    free it again
              ./berth logs [PART] [-f]   what the parts say
              ./berth token              an API token of the local platform admin
              ./berth doctor             what is missing here and how to get it
              ./berth test [--fast]      everything that CI runs; --fast leaves out the real parts
              ./berth test SUITE [--all] one suite, --all of it: %s
              ./berth bench [NAME]       Berth beside the raw tools, on the running stack

            Parts: %s
            Ports, one variable each:
            %s
            Also: BERTH_STATE (default .berth), BERTH_CACHE (default ~/.cache/berth), BERTH_ENGINE=own,
            DOCKER_HOST, DOCKER_SWARM_ADVERTISE_ADDR, GIT_ALLOWED_HOSTS.
            """;

    private Berth() {}

    public static void main(String[] arguments) {
        // Apps are asked by their host name on a loopback address.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        try {
            System.exit(run(List.of(arguments), System.getenv(), System.out));
        } catch (LocalFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("Unexpected: " + e);
            System.exit(1);
        }
    }

    private static int run(List<String> arguments, Map<String, String> environment, PrintStream out)
            throws IOException {
        String command = arguments.isEmpty() ? "help" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        Folders folders = Folders.from(environment);
        PortTable ports = PortTable.from(environment);
        return switch (command) {
            case "up" -> {
                Up up = new Up(Stack.of(folders, environment), out);
                yield flag(rest, "-d") ? up.detached() : up.attached();
            }
            case "supervise" -> new Up(Stack.of(folders, environment), out).supervise();
            case "down" -> {
                if (!new StateFolder(folders).marked()) {
                    out.println("Nothing to stop: " + folders.state() + " holds no stack.");
                    yield 0;
                }
                Down down = new Down(Stack.of(folders, environment), out);
                yield flag(rest, "--purge") ? down.purge() : down.stop();
            }
            case "status" -> {
                Status status = new Status(folders, ports, out);
                yield flag(rest, "--json") ? status.json() : status.table();
            }
            case "stop" -> new Hold(Stack.of(folders, environment), out).stop(one(rest, "stop PART"));
            case "start" -> new Hold(Stack.of(folders, environment), out).start(one(rest, "start PART"));
            case "logs" -> logs(new Logs(folders, out), rest);
            case "doctor" -> new Doctor(folders, ports, out).examine();
            case "demo" -> new Demo(Stack.of(folders, environment), out).run();
            case "test" -> test(new TestCommand(folders, environment, out), rest);
            case "bench" -> new BenchCommand(Stack.of(folders, environment), out).run(rest);
            case "token" -> {
                new StateFolder(folders).claim();
                out.println(Database.token(folders).value());
                yield 0;
            }
            case "help", "--help", "-h" -> {
                out.print(help());
                yield 0;
            }
            default -> throw new LocalFailure("There is no './berth " + command + "'; see ./berth help.");
        };
    }

    private static int test(TestCommand test, List<String> rest) throws IOException {
        if (!rest.isEmpty() && !rest.getFirst().startsWith("-")) {
            Suite.Extent extent = flag(rest.subList(1, rest.size()), "--all") ? Suite.Extent.ALL : Suite.Extent.USUAL;
            return test.suite(Suite.named(rest.getFirst()), extent);
        }
        return flag(rest, "--fast") ? test.fast() : test.whole();
    }

    private static int logs(Logs logs, List<String> rest) throws IOException {
        List<String> parts = rest.stream().filter(word -> !word.equals("-f")).toList();
        if (parts.size() > 1) {
            throw new LocalFailure("logs takes one part: ./berth logs [PART] [-f]");
        }
        int shown = parts.isEmpty() ? logs.all() : logs.of(parts.getFirst());
        return rest.contains("-f") ? logs.follow(parts.isEmpty() ? "" : parts.getFirst()) : shown;
    }

    private static boolean flag(List<String> rest, String name) {
        List<String> others = rest.stream().filter(word -> !word.equals(name)).toList();
        if (!others.isEmpty()) {
            throw new LocalFailure("Not understood: " + String.join(" ", others) + ". See ./berth help.");
        }
        return rest.contains(name);
    }

    private static String one(List<String> rest, String usage) {
        if (rest.size() != 1) {
            throw new LocalFailure("Usage: ./berth " + usage + ". Parts: " + String.join(", ", Stack.NAMES));
        }
        return rest.getFirst();
    }

    private static String help() {
        StringBuilder ports = new StringBuilder();
        for (Port port : Port.values()) {
            ports.append("  %-26s %5d  %s%n".formatted(port.variable(), port.standard(), port.purpose()));
        }
        return HELP.formatted(
                Suite.names(), String.join(", ", Stack.NAMES), ports.toString().stripTrailing());
    }
}
