package dev.berth.api.people;

import dev.berth.api.people.Mail.Letter;
import dev.berth.store.RandomSecret;
import java.net.URI;

/** What Berth writes to people: plain text, and nothing in it that somebody else wrote but names of organisations. */
public final class Letters {
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

    /** @param organization as its members call it, without line breaks */
    public static String invitation(String organization, String role, String link) {
        return """
                You are invited to the organisation "%s" at Berth, as %s. This link takes the invitation up; it works once, for
                seven days:

                %s
                """.formatted(organization, role, link);
    }
}
