package dev.berth.activities;

import dev.berth.activities.registry.PullCredential;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.RegistryKey;
import dev.berth.activities.registry.RegistryKey.Grant;
import dev.berth.activities.registry.Repository;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The registry of the tests, and the key that signs its tokens where it asks for any. */
public final class TestRegistry {
    private static final Optional<RegistryKey> KEY = Optional.ofNullable(System.getenv("BERTH_TEST_REGISTRY_KEY"))
            .filter(text -> !text.isBlank())
            .map(RegistryKey::of);

    private TestRegistry() {}

    /** {@code host:port} */
    public static String authority() {
        return System.getenv("BERTH_TEST_REGISTRY");
    }

    public static URI address() {
        return URI.create("http://" + authority());
    }

    public static Optional<RegistryKey> key() {
        return KEY;
    }

    public static RegistryClient client() {
        return new RegistryClient(address(), KEY);
    }

    public static Optional<PullCredential> pull(Repository repository) {
        return KEY.map(key -> PullCredential.of(key, repository));
    }

    /** With a token for all that may be done in the repository. */
    static HttpRequest.Builder request(URI uri, Repository repository) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        KEY.ifPresent(key -> request.header(
                "Authorization", "Bearer " + key.token(List.of(Grant.all(repository)), Duration.ofMinutes(5))));
        return request;
    }
}
