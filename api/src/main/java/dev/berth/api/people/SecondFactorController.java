package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.people.Attempts.Door;
import dev.berth.store.Caller;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Turns the caller's second factor on and off. */
@RestController
@RequestMapping("/api/me/totp")
@Tag(name = "Access")
class SecondFactorController {
    static final String NEEDS_RECENT =
            "403 of the type /problems/sign-in-again where the last sign-in is more than ten minutes ago.";

    private final Tenancy tenancy;
    private final SecondFactor factor;
    private final Account account;
    private final RecentSignIn recent;
    private final Attempts attempts;

    SecondFactorController(
            Tenancy tenancy, SecondFactor factor, Account account, RecentSignIn recent, Attempts attempts) {
        this.tenancy = tenancy;
        this.factor = factor;
        this.account = account;
        this.recent = recent;
        this.attempts = attempts;
    }

    @PostMapping
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "proposeTotp",
            summary = "A new secret for an authenticator app; it counts once it is confirmed")
    TotpProposalView propose(@AuthenticationPrincipal Caller caller, @RequestBody ProposeTotpRequest body) {
        account.requirePassword(caller, "password", body.password());
        SecondFactor.Proposal proposal = factor.propose(caller.userId(), caller.email());
        return new TotpProposalView(proposal.secret(), proposal.uri());
    }

    @PostMapping("/confirm")
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "confirmTotp",
            summary =
                    "Turn the second factor on, with a code of the app; the answer shows the recovery codes this once")
    RecoveryCodesView confirm(@AuthenticationPrincipal Caller caller, @RequestBody ConfirmTotpRequest body) {
        attempts.countProven(Door.CODE, caller.userId());
        List<String> codes = factor.confirm(caller.userId(), Text.required("code", body.code()));
        tenancy.asPlatform("second factor", () -> account.note(caller, "totp.confirm"));
        return new RecoveryCodesView(codes);
    }

    @PostMapping("/remove")
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "removeTotp",
            summary = "Turn the second factor off; the recovery codes go with it",
            description = NEEDS_RECENT)
    ResponseEntity<Void> remove(@AuthenticationPrincipal Caller caller, @RequestBody RemoveTotpRequest body) {
        account.requirePassword(caller, "password", body.password());
        // The sign-in asked for a code too: with the password alone nobody takes the second factor away.
        recent.require(caller);
        factor.remove(caller.userId());
        tenancy.asPlatform("second factor", () -> account.note(caller, "totp.remove"));
        return ResponseEntity.noContent().build();
    }

    record ProposeTotpRequest(
            @Schema(description = "Needed where you have one") @Nullable
            String password) {
        @Override
        public String toString() {
            return "ProposeTotpRequest[…]";
        }
    }

    record ConfirmTotpRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = "^[0-9]{6}$") @Nullable
            String code) {
        @Override
        public String toString() {
            return "ConfirmTotpRequest[…]";
        }
    }

    record RemoveTotpRequest(
            @Schema(description = "Needed where you have one") @Nullable
            String password) {
        @Override
        public String toString() {
            return "RemoveTotpRequest[…]";
        }
    }

    /** @param uri for a picture that the app reads */
    @Schema(name = "TotpProposal")
    record TotpProposalView(String secret, String uri) {
        @Override
        public String toString() {
            return "TotpProposalView[…]";
        }
    }

    /** @param recoveryCodes each for one sign-in without the app */
    @Schema(name = "RecoveryCodes")
    record RecoveryCodesView(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryCodesView[…]";
        }
    }
}
