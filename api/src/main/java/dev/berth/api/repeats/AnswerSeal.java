package dev.berth.api.repeats;

import dev.berth.api.seal.SealingKey;
import dev.berth.settings.Settings;
import dev.berth.store.IdempotencyKeys;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Seals kept answers, some of which show a token that is kept nowhere else, each for its row: for nobody else's key. */
@Component
class AnswerSeal {
    private final SealingKey answers;

    AnswerSeal(Settings settings) {
        this.answers = new SealingKey(settings.payloadKey(), settings.formerPayloadKeys(), "berth kept answers v1");
    }

    byte[] seal(IdempotencyKeys.Key row, byte[] body) {
        return answers.close(body, owner(row));
    }

    /** Empty for what was sealed with another key, or for another row. */
    Optional<byte[]> open(IdempotencyKeys.Key row, byte[] sealed) {
        return answers.open(sealed, owner(row));
    }

    private static String owner(IdempotencyKeys.Key row) {
        return row.principalId() + "\n" + row.route() + "\n" + row.text();
    }
}
