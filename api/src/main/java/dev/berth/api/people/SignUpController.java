package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.people.Attempts.Door;
import dev.berth.api.people.SignUpDesk.NewPerson;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.OidcIssuer;
import dev.berth.settings.Settings.SignUp;
import dev.berth.store.Person;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ways to an account, for those who have none or have lost their password. */
@RestController
@RequestMapping("/api")
@Tag(name = "Access")
@SecurityRequirements
class SignUpController {
    private final SignUpDesk desk;
    private final Attempts attempts;
    private final OpenSession open;
    private final PasswordRules rules;
    private final Settings settings;
    private final Mail mail;

    SignUpController(
            SignUpDesk desk, Attempts attempts, OpenSession open, PasswordRules rules, Settings settings, Mail mail) {
        this.desk = desk;
        this.attempts = attempts;
        this.open = open;
        this.rules = rules;
        this.settings = settings;
        this.mail = mail;
    }

    @GetMapping("/sign-in/options")
    @Needs(Permission.NOTHING)
    @Operation(operationId = "getSignInOptions", summary = "Which ways in are open here")
    SignInOptionsView options() {
        return new SignInOptionsView(
                settings.signUp(),
                mail.isSetUp(),
                settings.oidcIssuer().map(OidcIssuer::name).orElse(null));
    }

    @PostMapping("/sign-up")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "signUp",
            summary = "Have a link mailed that makes an account; the answer is the same for every address")
    ResponseEntity<Void> signUp(@RequestBody EmailRequest body) {
        String email = Text.email("email", body.email());
        attempts.count(Door.SIGN_UP, email);
        desk.askForAccount(email);
        return ResponseEntity.accepted().build();
    }

    @PostMapping("/sign-up/complete")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "completeSignUp",
            summary = "Make the account and its organisation with the mailed link; the answer signs in")
    ResponseEntity<Void> completeSignUp(@RequestBody CompleteSignUpRequest body, HttpServletRequest request) {
        attempts.countAddress();
        String organization = Text.name("organizationName", body.organizationName());
        Person person = desk.completeSignUp(
                Text.required("link", body.link()),
                newPerson(body.displayName(), body.password(), organization),
                organization);
        return signedIn(person, "sign-up", request);
    }

    @PostMapping("/password-reset")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "resetPassword",
            summary = "Have a link mailed that sets a new password; the answer is the same for every address")
    ResponseEntity<Void> resetPassword(@RequestBody EmailRequest body) {
        String email = Text.email("email", body.email());
        attempts.count(Door.PASSWORD_RESET, email);
        desk.askForPassword(email);
        return ResponseEntity.accepted().build();
    }

    @PostMapping("/password-reset/complete")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "completePasswordReset",
            summary = "Set a new password with the mailed link; all sessions of the person end")
    ResponseEntity<Void> completePasswordReset(@RequestBody CompletePasswordResetRequest body) {
        attempts.countAddress();
        desk.completeReset(Text.required("link", body.link()), rules.require("password", body.password()));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/welcome")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "welcomeFirstAdmin",
            summary = "Make the first platform admin with the link that the terminal shows; the answer signs in")
    ResponseEntity<Void> welcome(@RequestBody WelcomeRequest body, HttpServletRequest request) {
        attempts.countAddress();
        String email = Text.email("email", body.email());
        Person person = desk.welcome(
                Text.required("link", body.link()), email, newPerson(body.displayName(), body.password(), email));
        return signedIn(person, "first admin", request);
    }

    private NewPerson newPerson(@Nullable String displayName, @Nullable String password, String guessable) {
        String name = Text.name("displayName", displayName);
        return new NewPerson(name, rules.require("password", password, name, guessable));
    }

    private ResponseEntity<Void> signedIn(Person person, String way, HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        open.of(person.id(), person.email(), Optional.empty(), way, request)
                                .toString())
                .build();
    }

    /**
     * @param signUp open: POST /api/sign-up; invite: only by invitation; closed: nobody new
     * @param mail whether links can be mailed
     * @param oidcName what people call the outside issuer; null where there is none
     */
    @Schema(name = "SignInOptions")
    record SignInOptionsView(
            SignUp signUp, boolean mail, @Nullable String oidcName) {}

    record EmailRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 254) @Nullable
            String email) {}

    record CompleteSignUpRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            String link,

            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String displayName,

            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = Passwords.SHORTEST, maxLength = Passwords.LONGEST)
            @Nullable
            String password,

            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String organizationName) {
        @Override
        public String toString() {
            return "CompleteSignUpRequest[…]";
        }
    }

    record CompletePasswordResetRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            String link,

            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = Passwords.SHORTEST, maxLength = Passwords.LONGEST)
            @Nullable
            String password) {
        @Override
        public String toString() {
            return "CompletePasswordResetRequest[…]";
        }
    }

    record WelcomeRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            String link,

            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 254) @Nullable
            String email,

            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String displayName,

            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = Passwords.SHORTEST, maxLength = Passwords.LONGEST)
            @Nullable
            String password) {
        @Override
        public String toString() {
            return "WelcomeRequest[…]";
        }
    }
}
