package dev.berth.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Member;
import dev.berth.api.people.Browser;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** OWASP ASVS 5.0, 16.3.3: whoever tries the walls is seen, and writes nothing into the log. */
class SecurityLogTests {
    private static final String SERVICES = "/api/containers/services";

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final String address = "2001:db8:" + UUID.randomUUID().toString().substring(0, 4) + "::7";

    @BeforeEach
    void listen() {
        // Its start sets up the loggers anew, without what listens.
        TestApi.port();
        lines.start();
        logger().addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(lines);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(SecurityLog.NAME);
    }

    @Test
    void refusedInputIsSeenByItsPlacesAndNeverByItsValues() {
        Member owner = TestApi.member("owner");
        send(owner, "POST", SERVICES, "{\"name\": \"canary-value\", \"gitUrl\": \"canary-url\"}");
        seen(1);
        assertThat(ours())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("status=400 kind=invalid-input method=POST route=" + SERVICES, "#/gitUrl")
                        .contains("by=token:" + owner.tokenId(), "from=2001:db8")
                        .doesNotContain("canary"));
    }

    @Test
    void aFieldsNameCannotBeALineOfItsOwn() {
        send(TestApi.member("owner"), "POST", SERVICES, "{\"a\\nrefused status=0 forged\\u001b[31m\": 1}");
        seen(1);
        assertThat(ours())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("kind=invalid-input")
                        .doesNotContain("\n", "\u001b", "status=0", "refused status=0"));
    }

    @Test
    void aRefusedCallerARefusedRightAndAForeignIdAreSeen() {
        Member viewer = TestApi.member("viewer");
        String foreign = TestApi.member("owner")
                .service("s" + UUID.randomUUID().toString().substring(24));
        send("POST", SERVICES, "{}");
        send(viewer, "POST", SERVICES, "{}");
        send(viewer, "GET", SERVICES + "/" + foreign, "");
        seen(3);
        assertThat(ours())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("status=401 kind=unauthenticated", "by=-"),
                        line -> assertThat(line).contains("status=403 kind=forbidden", "by=token:" + viewer.tokenId()),
                        line -> assertThat(line)
                                .contains("status=404 kind=not-found", "route=" + SERVICES + "/{serviceId}")
                                .doesNotContain(foreign));
    }

    @Test
    void aSignInThatFailedNamesThePersonToTheLogAndNotTheirAddress() {
        Browser.Account account = Browser.account();
        new Browser().signIn(account.email(), "canary-password");
        new Browser().signIn("canary@example.org", "canary-password");
        assertThat(List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage))
                .anyMatch(line -> line.contains("sign-in refused by=password user=" + account.id() + " from="))
                .anyMatch(line -> line.contains("sign-in refused by=password user=nobody"))
                .noneMatch(line -> line.contains("canary") || line.contains(account.email()));
    }

    @Test
    void whatIsNoAttemptIsNoLineAndNobodyFillsTheLog() {
        Member owner = TestApi.member("owner");
        send(owner, "GET", SERVICES, "");
        assertThat(ours()).isEmpty();
        IntStream.range(0, SecurityLog.PER_MINUTE + 20).forEach(i -> send("GET", "/api/me", ""));
        seen(SecurityLog.PER_MINUTE);
        assertThat(ours()).hasSizeBetween(SecurityLog.PER_MINUTE, SecurityLog.PER_MINUTE + 5);
    }

    @Test
    void anAddressThatIsWrittenInAnotherWayIsSeenToo() {
        send("GET", "/%61pi/me", "");
        seen(1);
        assertThat(ours()).singleElement().satisfies(line -> assertThat(line).contains("status=401"));
    }

    @Test
    void oneNetworkOfIpv6FillsNoMoreOfTheLogThanOneAddress() {
        IntStream.range(0, SecurityLog.PER_MINUTE + 20)
                .forEach(i -> TestApi.send(TestApi.request("/api/me")
                        .header("X-Forwarded-For", address.replace("::7", "::" + (100 + i)))));
        String network = "from=" + canonical().replaceFirst(":7$", ":");
        await().atMost(Duration.ofSeconds(90)).until(() -> from(network) >= SecurityLog.PER_MINUTE);
        assertThat(from(network)).isBetween((long) SecurityLog.PER_MINUTE, SecurityLog.PER_MINUTE + 5L);
    }

    private long from(String network) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getFormattedMessage().contains(network))
                .count();
    }

    /** Other tests' requests are answered at the same time. */
    private List<String> ours() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("from=" + canonical()))
                .toList();
    }

    /** A line is written when the answer is on its way already. */
    private void seen(int count) {
        await().atMost(Duration.ofSeconds(90)).until(() -> ours().size() >= count);
    }

    private String canonical() {
        return java.net.InetAddress.ofLiteral(address).getHostAddress();
    }

    private void send(String method, String path, String body) {
        TestApi.send(TestApi.request(path)
                .method(method, BodyPublishers.ofString(body))
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/json"));
    }

    private void send(Member member, String method, String path, String body) {
        TestApi.send(member.request(path)
                .method(method, BodyPublishers.ofString(body))
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/json"));
    }
}
