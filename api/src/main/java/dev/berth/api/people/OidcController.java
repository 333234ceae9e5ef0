package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.access.SignIn;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.people.Attempts.Door;
import dev.berth.api.people.OidcProvider.Identity;
import dev.berth.api.people.OidcProvider.OidcException;
import dev.berth.settings.Settings;
import dev.berth.store.Caller;
import dev.berth.store.Person;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends browsers to the outside issuer and takes them back. Both answers are for browsers: they lead on to a page. */
@RestController
@RequestMapping("/api/sign-in/oidc")
@Tag(name = "Access")
@SecurityRequirements
class OidcController {
    private static final Logger LOG = LoggerFactory.getLogger(OidcController.class);

    private final Optional<OidcProvider> provider;
    private final OidcState state;
    private final OidcSignIn signIn;
    private final OpenSession open;
    private final RecentSignIn recent;
    private final SecondFactor secondFactor;
    private final Attempts attempts;
    private final String console;

    OidcController(
            Settings settings,
            OidcState state,
            OidcSignIn signIn,
            OpenSession open,
            RecentSignIn recent,
            SecondFactor secondFactor,
            Attempts attempts) {
        this.console = settings.clientUrl().toString().replaceAll("/+$", "");
        this.provider = settings.oidcIssuer()
                .map(issuer -> new OidcProvider(issuer, URI.create(console + "/api/sign-in/oidc/callback")));
        this.state = state;
        this.signIn = signIn;
        this.open = open;
        this.recent = recent;
        this.secondFactor = secondFactor;
        this.attempts = attempts;
    }

    @GetMapping
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "startOidcSignIn",
            summary = "Lead a browser to the outside issuer",
            description =
                    "Who is signed in in person, and comes from a page of the console, gets the identity for their account.")
    ResponseEntity<Void> start(@RequestHeader(name = "Sec-Fetch-Site", required = false) Optional<String> site) {
        attempts.countAddress();
        // Apps of tenants may be the same site as the console, and then their pages can make a browser come here with
        // its cookie.
        Optional<Caller> wantsIdentity = site.filter("same-origin"::equals)
                .flatMap(own -> SignIn.current())
                .filter(Caller::inPerson);
        if (wantsIdentity.filter(caller -> !recent.isRecent(caller)).isPresent()) {
            return refused("an identity is added after a sign-in of the last minutes only");
        }
        OidcState.Started started = state.start(wantsIdentity.flatMap(
                caller -> caller.sessionId().map(session -> new OidcState.Link(caller.userId(), session))));
        try {
            return leadTo(provider().authorization(started.attempt()).toString(), started.cookie());
        } catch (OidcException e) {
            return refused(e.getMessage());
        }
    }

    @GetMapping("/callback")
    @Needs(Permission.NOTHING)
    @Operation(operationId = "finishOidcSignIn", summary = "Take a browser back from the outside issuer, and sign in")
    ResponseEntity<Void> callback(
            @RequestParam Optional<String> code,
            @RequestParam("state") Optional<String> returned,
            @RequestParam Optional<String> iss,
            HttpServletRequest request) {
        attempts.countAddress();
        OidcProvider issuer = provider();
        try {
            OidcState.Attempt attempt = state.finish(request, returned.orElse(""))
                    .orElseThrow(() -> new OidcException("the browser did not begin this, or came back twice"));
            String presented = code.orElseThrow(() -> new OidcException("the issuer sent no code"));
            issuer.requireIssuer(iss);
            if (attempt.linkTo()
                    .filter(link -> !signIn.isStill(link, SignIn.current()))
                    .isPresent()) {
                throw new OidcException("the session that wanted the identity is over, or is not this browser's");
            }
            Identity identity = issuer.redeem(presented, attempt);
            Person person = signIn.enter(identity, attempt.linkTo().map(OidcState.Link::userId));
            if (person.hasSecondFactor() && !identity.strong()) {
                return leadTo(console + "/sign-in?with=code", state.known(person.id()));
            }
            ResponseCookie session = open.of(person.id(), person.email(), Optional.empty(), "oidc", request);
            return leadTo(console + "/", state.removed(), session);
        } catch (OidcException e) {
            return refused(e.getMessage());
        } catch (DuplicateKeyException e) {
            return refused("somebody came with the same identity at the same moment");
        }
    }

    @PostMapping("/code")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "finishOidcSignInWithCode",
            summary = "Add the code of the second factor that the issuer did not ask for, and sign in",
            description = "For a browser that the way back led to /sign-in?with=code; five attempts a minute.")
    ResponseEntity<Void> code(@RequestBody OidcCodeRequest body, HttpServletRequest request) {
        attempts.countAddress();
        String code = Text.required("code", body.code());
        UUID userId = state.known(request).orElseThrow(() -> refusedCode("Begin at the issuer again."));
        attempts.countProven(Door.CODE, userId);
        Person person = signIn.known(userId).orElseThrow(() -> refusedCode("Begin at the issuer again."));
        if (!secondFactor.accepts(userId, code)) {
            throw refusedCode("The code is wrong or was used before.");
        }
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, state.removed().toString())
                .header(
                        HttpHeaders.SET_COOKIE,
                        open.of(person.id(), person.email(), Optional.empty(), "oidc and code", request)
                                .toString())
                .build();
    }

    private static ProblemException refusedCode(String sentence) {
        return new ProblemException(Problem.of(ProblemType.UNAUTHENTICATED, sentence));
    }

    private OidcProvider provider() {
        return provider.orElseThrow(() -> ProblemException.notFound("way to sign in"));
    }

    /** Which of the reasons it was is for the operator; the page says that it did not work. */
    private ResponseEntity<Void> refused(String reason) {
        LOG.info("Nobody was signed in by the outside issuer: {}", reason);
        return leadTo(console + "/sign-in?problem=oidc", state.removed());
    }

    private static ResponseEntity<Void> leadTo(String location, ResponseCookie... cookies) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.LOCATION, location);
        for (ResponseCookie cookie : cookies) {
            answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
        }
        return answer.build();
    }

    record OidcCodeRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "Of the authenticator app, or a recovery code")
            @Nullable
            String code) {
        @Override
        public String toString() {
            return "OidcCodeRequest[…]";
        }
    }
}
