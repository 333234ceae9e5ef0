package dev.berth.local.demo;

import dev.berth.local.Folders;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import java.io.IOException;
import java.util.Map;

/** A repository on loopback whose branch {@code main} is {@code examples/hello-node}, for as long as it is open. */
public final class ServedExample implements AutoCloseable {
    private final GitOverHttp server;
    private final String url;

    public ServedExample(Folders folders, PortTable ports) throws IOException {
        Repository repository = new Repository(folders.data("example"));
        repository.commit(folders.home().resolve("examples").resolve("hello-node"), Map.of(), "Say hello");
        this.server = new GitOverHttp(repository.served(), ports.of(Port.GIT));
        this.url = ports.url(Port.GIT) + "/hello.git";
    }

    public String url() {
        return url;
    }

    @Override
    public void close() {
        server.close();
    }
}
