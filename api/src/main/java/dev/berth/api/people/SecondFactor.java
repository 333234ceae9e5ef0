package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.store.People;
import dev.berth.store.SecondFactors;
import dev.berth.store.Tenancy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The codes of a person's authenticator app, and the recovery codes for when the app is gone. Each code counts once. */
@Component
class SecondFactor {
    private static final int RECOVERY_CODES = 10;
    /** 118 random bits: from 112 on a plain hash keeps them, says OWASP ASVS 5.0, 6.5.2. */
    static final int RECOVERY_LENGTH = 24;

    /** Without those that are mistaken for others. */
    private static final String RECOVERY_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final Pattern APP_CODE = Pattern.compile("[0-9]{6}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tenancy tenancy;
    private final People people;
    private final SecondFactors factors;
    private final Seal seal;
    private final Clock clock;

    SecondFactor(Tenancy tenancy, People people, SecondFactors factors, Seal seal, Clock clock) {
        this.tenancy = tenancy;
        this.people = people;
        this.factors = factors;
        this.seal = seal;
        this.clock = clock;
    }

    /** Takes the code: it counts no second time. */
    boolean accepts(UUID userId, String code) {
        String typed = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return tenancy.asPlatform("sign-in", () -> isTaken(userId, typed));
    }

    private boolean isTaken(UUID userId, String typed) {
        if (!APP_CODE.matcher(typed).matches()) {
            return typed.length() <= RECOVERY_LENGTH && factors.useRecovery(userId, hash(userId, typed));
        }
        Optional<byte[]> kept = factors.secret(userId);
        OptionalLong step = kept.map(secret -> Totp.step(seal.open(secret, userId), typed, clock.instant()))
                .orElse(OptionalLong.empty());
        boolean taken = step.isPresent() && factors.take(userId, step.getAsLong());
        if (taken) {
            kept.filter(seal::isOld)
                    .ifPresent(old -> factors.reseal(userId, old, seal.close(seal.open(old, userId), userId)));
        }
        return taken;
    }

    /** Makes a secret for an app, not in force before {@link #confirm}. */
    Proposal propose(UUID userId, String email) {
        byte[] secret = Totp.newSecret();
        tenancy.asPlatform("second factor", () -> {
            refuseIfOn(userId);
            factors.propose(userId, seal.close(secret, userId));
        });
        return new Proposal(Totp.base32(secret), Totp.uri(secret, "Berth", email));
    }

    /** @return the recovery codes, shown this once */
    List<String> confirm(UUID userId, String code) {
        List<String> recovery = IntStream.range(0, RECOVERY_CODES)
                .mapToObj(number -> recoveryCode())
                .toList();
        String typed = code.replaceAll("\\s", "");
        tenancy.asPlatform("second factor", () -> {
            refuseIfOn(userId);
            if (!APP_CODE.matcher(typed).matches() || !isTaken(userId, typed)) {
                throw new InvalidInputException(List.of(Violation.of("code", "is not the one that the app shows now")));
            }
            factors.confirm(
                    userId,
                    clock.instant(),
                    recovery.stream().map(text -> hash(userId, text)).toList());
        });
        return recovery.stream()
                .map(text -> text.replaceAll("(.{4})(?=.)", "$1-"))
                .toList();
    }

    private void refuseIfOn(UUID userId) {
        if (people.find(userId).orElseThrow().hasSecondFactor()) {
            throw new ProblemException(
                    Problem.of(ProblemType.CONFLICT, "A second factor is on already; remove it first."));
        }
    }

    void remove(UUID userId) {
        tenancy.asPlatform("second factor", () -> factors.remove(userId));
    }

    private static String recoveryCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < RECOVERY_LENGTH; i++) {
            code.append(RECOVERY_CHARACTERS.charAt(RANDOM.nextInt(RECOVERY_CHARACTERS.length())));
        }
        return code.toString();
    }

    /** With 118 random bits a slow hash would add nothing; the person's id keeps the hashes of two apart. */
    private static byte[] hash(UUID userId, String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((userId + "|" + code).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** @param secret as people type it into an app */
    record Proposal(String secret, String uri) {
        @Override
        public String toString() {
            return "Proposal[…]";
        }
    }
}
