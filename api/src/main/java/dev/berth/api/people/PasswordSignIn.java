package dev.berth.api.people;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.http.RequestOrigin;
import dev.berth.api.people.Attempts.Door;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.Tenancy;
import java.net.InetAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs people in by e-mail address and password, and code where they have a second factor. Unknown address, wrong password,
 * disabled account and account without a password are one answer, found by one way through this code.
 */
@Component
class PasswordSignIn {
    /** Beside the refused requests, for whoever watches them. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.berth.security");

    private final Tenancy tenancy;
    private final People people;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Attempts attempts;
    private final RequestOrigin origin;

    PasswordSignIn(
            Tenancy tenancy,
            People people,
            Passwords passwords,
            SecondFactor secondFactor,
            Attempts attempts,
            RequestOrigin origin) {
        this.tenancy = tenancy;
        this.people = people;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.attempts = attempts;
        this.origin = origin;
    }

    /** @throws ProblemException 401, of the type code-required where only the code is missing; 429 after too many attempts */
    Person signIn(String email, String password, Optional<String> code) {
        String address = Email.sought(email);
        attempts.countSignIn(address);
        Found found = tenancy.asPlatform("sign-in", () -> {
            Optional<Person> person = people.findByEmail(address)
                    .filter(known -> known.disabledAt().isEmpty());
            return new Found(person, person.flatMap(known -> people.passwordHash(known.id())));
        });
        boolean right = passwords.matches(password, found.hash());
        Person person = found.person()
                .filter(known -> right)
                .orElseThrow(() -> refused("E-mail address or password is wrong.", "password", found.person()));
        if (person.hasSecondFactor()) {
            String given = code.orElseThrow(() -> new ProblemException(Problem.of(
                    ProblemType.CODE_REQUIRED,
                    "Send the same again with code: of the authenticator app, or a recovery code.")));
            attempts.countProven(Door.CODE, person.id());
            if (!secondFactor.accepts(person.id(), given)) {
                throw refused("The code is wrong or was used before.", "code", found.person());
            }
        }
        attempts.succeeded(address);
        return person;
    }

    /** The log may know whose door it was; the caller may not. */
    private ProblemException refused(String sentence, String by, Optional<Person> person) {
        LOG.info(
                "sign-in refused by={} user={} from={}",
                by,
                person.map(known -> known.id().toString()).orElse("nobody"),
                origin.address().map(InetAddress::getHostAddress).orElse("-"));
        return new ProblemException(Problem.of(ProblemType.UNAUTHENTICATED, sentence));
    }

    private record Found(Optional<Person> person, Optional<String> hash) {}
}
