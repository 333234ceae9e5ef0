package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.domain.Role;
import dev.berth.store.Ids;
import dev.berth.store.Memberships;
import dev.berth.store.People;
import dev.berth.store.Tenancy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A person at a browser: keeps its cookie, sends the console's header, and calls from an address of its own. */
public final class Browser {
    public static final String PASSWORD = "correct horse battery";
    private static final String HASH = TestApi.bean(Passwords.class).hash(PASSWORD);

    private final String address = randomAddress();
    private String cookie = "";

    static String randomAddress() {
        UUID random = UUID.randomUUID();
        return "2001:db8:" + random.toString().substring(0, 4) + ":"
                + random.toString().substring(4, 8) + "::1";
    }

    /** An account with {@link #PASSWORD}, in no organisation. */
    public static Account account() {
        return account(false);
    }

    static Account account(boolean platformAdmin) {
        UUID id = Ids.next();
        String email = "p" + id + "@example.org";
        People people = new People(TestApi.DATABASE.dataSource());
        new Tenancy(TestApi.DATABASE.dataSource())
                .asPlatform(
                        "test",
                        () -> people.insert(
                                id, email, "Somebody", platformAdmin, Optional.of(HASH), Optional.of(Instant.now())));
        return new Account(id, email);
    }

    /** A member of {@code organization} who has signed in. */
    public static Browser of(UUID organization, Role role) {
        Account account = account();
        join(organization, account, role);
        return signedIn(account);
    }

    public static void join(UUID organization, Account account, Role role) {
        Memberships memberships = new Memberships(TestApi.DATABASE.dataSource());
        new Tenancy(TestApi.DATABASE.dataSource())
                .asPlatform("test", () -> memberships.insert(organization, account.id(), role));
    }

    public static Browser signedIn(Account account) {
        Browser browser = new Browser();
        Answer answer = browser.signIn(account.email(), PASSWORD);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        return browser;
    }

    public Answer signIn(String email, String password) {
        return post("/api/session", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    Answer signIn(String email, String password, String code) {
        return post(
                "/api/session",
                "{\"email\": \"%s\", \"password\": \"%s\", \"code\": \"%s\"}".formatted(email, password, code));
    }

    public String cookie() {
        return cookie;
    }

    Browser withCookie(String pair) {
        cookie = pair;
        return this;
    }

    public Answer get(String path) {
        return send(request(path));
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer send(String method, String path, String body) {
        return send(
                request(path).method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json"));
    }

    public UUID userId() {
        return UUID.fromString(get("/api/me").json().get("userId").asString());
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                TestApi.request(path).header("X-Berth-Request", "console").header("X-Forwarded-For", address);
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    /** Keeps the cookie that the answer sets, as browsers do. */
    public Answer send(HttpRequest.Builder request) {
        Answer answer = TestApi.send(request);
        answer.response().headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith("berth_session="))
                .forEach(line -> cookie = line.contains("Max-Age=0") ? "" : line.substring(0, line.indexOf(';')));
        return answer;
    }

    /** Somebody with {@link #PASSWORD}. */
    public record Account(UUID id, String email) {}
}
