package dev.berth.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Serves real repositories over HTTP on loopback: {@code git http-backend} behind the JDK's server. Needs {@code git} on the
 * path.
 */
public final class GitServer implements AutoCloseable {
    private static final int HEADER_LIMIT = 8_192;

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    private GitServer(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** @param folder where repositories and their work trees are kept; the caller removes it */
    public static GitServer start(Path folder) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            GitServer started = new GitServer(folder, server);
            server.createContext("/", started::answer);
            server.setExecutor(started.threads);
            server.start();
            return started;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The address of a repository, whether it was created or not. */
    public String url(String name) {
        return "http://" + address() + "/" + name + ".git";
    }

    /** Makes an empty repository whose first branch is {@code main}; returns its URL. */
    public String create(String name) {
        git(name, List.of("init", "--quiet", "--initial-branch=main"));
        return url(name);
    }

    /** From now on the repository is private. */
    public void protect(String name, String user, String password) {
        String pair = user + ":" + password;
        passwords.put(name, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** Where the next {@link #commitAll} of the branch that is checked out takes its files from. */
    public Path workTree(String name) {
        return folder.resolve("work").resolve(name);
    }

    /** Writes files over what is in the work tree and commits everything; returns the commit's id. */
    public String commit(String name, Map<String, String> files) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = workTree(name).resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
        return commitAll(name);
    }

    /** Replaces the whole work tree by a copy of a folder and commits; returns the commit's id. */
    public String commitCopyOf(String name, Path source) {
        git(name, List.of("rm", "-r", "--quiet", "--force", "--ignore-unmatch", "."));
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = workTree(name).resolve(source.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
        return commitAll(name);
    }

    /** Commits whatever the work tree holds, also nothing new; returns the commit's id. */
    public String commitAll(String name) {
        git(name, List.of("add", "--all"));
        git(name, List.of("commit", "--quiet", "--allow-empty", "--message", "A change"));
        return git(name, List.of("rev-parse", "HEAD")).strip();
    }

    /** Makes a branch at the present commit and checks it out. */
    public void branch(String name, String branch) {
        git(name, List.of("checkout", "--quiet", "-B", branch));
    }

    /** Runs git in a repository and returns what it printed. */
    public String git(String name, List<String> arguments) {
        try {
            Files.createDirectories(workTree(name));
            Files.createDirectories(repository(name).getParent());
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(Stream.of("git"), arguments.stream()).toList());
            builder.directory(workTree(name).toFile()).redirectErrorStream(true);
            isolate(builder.environment());
            builder.environment().put("GIT_DIR", repository(name).toString());
            builder.environment().put("GIT_WORK_TREE", workTree(name).toString());
            Process process = builder.start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("git " + arguments + " failed: " + printed);
            }
            return printed;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Path repository(String name) {
        return folder.resolve("repositories").resolve(name + ".git");
    }

    private static void isolate(Map<String, String> environment) {
        environment.keySet().removeIf(variable -> variable.startsWith("GIT_"));
        environment.putAll(Map.of(
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Berth",
                "GIT_AUTHOR_EMAIL", "berth@example.org",
                "GIT_COMMITTER_NAME", "Berth",
                "GIT_COMMITTER_EMAIL", "berth@example.org"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.replaceAll("^/|\\.git/.*$", "");
            Optional<String> wanted = Optional.ofNullable(passwords.get(name));
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (wanted.isPresent() && !wanted.get().equals(given)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            backend(exchange, path);
        }
    }

    /** The common gateway interface: RFC 3875. */
    private void backend(HttpExchange exchange, String path) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        isolate(environment);
        environment.put("GIT_PROJECT_ROOT", folder.resolve("repositories").toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", path);
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        pass(exchange, "Content-Type", environment, "CONTENT_TYPE");
        pass(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        pass(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try (var in = new BufferedInputStream(process.getInputStream())) {
            threads.execute(() -> feed(exchange.getRequestBody(), process));
            int status = 200;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] header = line.split(": *", 2);
                if (header[0].equalsIgnoreCase("Status")) {
                    status = Integer.parseInt(header[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(header[0], header[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            in.transferTo(exchange.getResponseBody());
        } finally {
            process.destroy();
        }
    }

    private static void feed(InputStream body, Process process) {
        try (var out = process.getOutputStream()) {
            body.transferTo(out);
        } catch (IOException ended) {
            // The backend has read enough.
        }
    }

    private static void pass(HttpExchange from, String header, Map<String, String> environment, String variable) {
        Optional.ofNullable(from.getRequestHeaders().getFirst(header))
                .ifPresent(value -> environment.put(variable, value));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.write(read);
            if (line.size() > HEADER_LIMIT) {
                throw new IOException("git http-backend sent no header but " + Arrays.toString(line.toByteArray()));
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
