package dev.berth.api.people;

import dev.berth.settings.Settings;
import dev.berth.settings.Settings.MailServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Hands letters to the mail server. What is in them goes nowhere else, least of all into a log. */
@Component
class Mail {
    private static final String TIMEOUT_MS = "10000";

    private final Optional<MailServer> server;
    private final Clock clock;

    Mail(Settings settings, Clock clock) {
        this.server = settings.mailServer();
        this.clock = clock;
    }

    boolean isSetUp() {
        return server.isPresent();
    }

    /** @throws MessagingException where the server does not take it */
    void send(Letter letter) throws MessagingException {
        MailServer to = server.orElseThrow(() -> new MessagingException("SMTP_URL is not set"));
        Session session = Session.getInstance(properties(to));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(to.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to()));
        message.setSubject(letter.subject(), "UTF-8");
        message.setText(letter.text(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        // So that nobody's out-of-office note comes back: RFC 3834, 5.
        message.setHeader("Auto-Submitted", "auto-generated");
        Optional<String> account = Optional.ofNullable(to.url().getUserInfo());
        try (Transport transport = session.getTransport()) {
            transport.connect(
                    to.url().getHost(),
                    to.url().getPort(),
                    account.map(text -> text.split(":", 2)[0]).orElse(null),
                    account.map(text -> text.split(":", 2))
                            .filter(parts -> parts.length == 2)
                            .map(parts -> parts[1])
                            .orElse(null));
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static Properties properties(MailServer server) {
        String protocol = server.url().getScheme();
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(
                "mail." + protocol + ".auth", Boolean.toString(server.url().getUserInfo() != null));
        // TLS wherever the server offers it, and its certificate is checked.
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail." + protocol + "." + timeout, TIMEOUT_MS);
        }
        return properties;
    }

    /** @param text plain */
    record Letter(String to, String subject, String text) {
        @Override
        public String toString() {
            return "Letter[" + subject + "]";
        }
    }
}
