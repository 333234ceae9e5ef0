package dev.berth.api.people;

import dev.berth.api.people.Mail.Letter;
import dev.berth.store.RandomSecret;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * What Berth writes to people: plain text, and nothing in it that somebody else wrote but names of organisations. Those are
 * quoted in the text alone, and so that no mail program makes a link of them.
 */
public final class Letters {
    /** The subject. It names nobody: who reads only subjects reads nothing that a stranger wrote. */
    public static final String INVITATION = "An invitation to an organisation at Berth";

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    /** A dot in a name of a host, in each form that browsers take for one, or what stands behind a scheme. */
    private static final Pattern IN_LINKS = Pattern.compile("[.\u3002\uff0e\uff61:](?=[^\\s\\p{Zs}])");

    private Letters() {}

    /** Where a page of the console takes a link's secret. */
    public static String link(URI clientUrl, String page, RandomSecret secret) {
        return clientUrl.toString().replaceAll("/+$", "") + page + "?link=" + secret.value();
    }

    static Letter signUp(String to, String link) {
        return new Letter(to, "Your account at Berth", """
                Somebody, probably you, wants an account at Berth with this address. This link makes it; it works once, for ten minutes:

                %s

                If it was not you, do nothing.
                """.formatted(link));
    }

    static Letter accountExists(String to, URI clientUrl) {
        return new Letter(to, "Your account at Berth", """
                Somebody, probably you, wants an account at Berth with this address, which has one already. Sign in here, or ask for
                a new password there:

                %s

                If it was not you, do nothing.
                """.formatted(clientUrl));
    }

    static Letter passwordReset(String to, String link) {
        return new Letter(to, "A new password for Berth", """
                Somebody, probably you, wants a new password for your account at Berth. This link sets it; it works once, for ten minutes:

                %s

                If it was not you, do nothing: the old password stays.
                """.formatted(link));
    }

    /** A name, readable, of which no mail program makes a link: {@code "Ours: see www.example.org"} has spaces behind its dots. */
    static String quoted(String name) {
        return IN_LINKS.matcher(UNSEEN.matcher(name).replaceAll(" ")).replaceAll("$0 ");
    }

    /** @param organization as its members call it */
    public static String invitation(String organization, String role, String link) {
        return """
                You are invited to the organisation "%s" at Berth, as %s. This link takes the invitation up; it works once, for
                seven days:

                %s
                """.formatted(quoted(organization), role, link);
    }
}
