package dev.berth.api.people;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real SMTP server that keeps what it gets. */
public final class Mailbox {
    private static final GreenMail SERVER = start();
    private static final Pattern LINK = Pattern.compile("(http\\S+)\\?link=(\\S+)");

    private Mailbox() {}

    private static GreenMail start() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    public static int port() {
        return SERVER.getSmtp().getPort();
    }

    /** The texts of the letters to an address, once there are {@code count}. */
    static List<String> letters(String email, int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> to(email).count() >= count);
        return to(email).map(GreenMailUtil::getBody).toList();
    }

    static Stream<MimeMessage> to(String email) {
        return Stream.of(SERVER.getReceivedMessagesForDomain(email));
    }

    /** What the link in the newest of {@code count} letters carries. */
    public static String link(String email, int count) {
        Matcher link = LINK.matcher(letters(email, count).getLast());
        if (!link.find()) {
            throw new AssertionError("No link in the letter");
        }
        return link.group(2);
    }
}
