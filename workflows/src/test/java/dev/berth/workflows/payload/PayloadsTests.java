package dev.berth.workflows.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PayloadsTests {
    private static final PayloadKey KEY = key(1);

    private final DataConverter sealed = Payloads.sealed(KEY);

    record Sample(String text, Optional<Integer> number, Instant at, Duration lasts) {}

    record Grown(String text, Optional<Integer> number, Instant at, Duration lasts, String added) {}

    private static final Sample SAMPLE =
            new Sample("a canary", Optional.of(7), Instant.parse("2026-11-24T10:00:00Z"), Duration.ofSeconds(30));

    @Test
    void bringsValuesBackUnchanged() {
        assertThat(sealed.fromPayload(payload(sealed, SAMPLE), Sample.class, Sample.class))
                .isEqualTo(SAMPLE);
    }

    @Test
    void showsNothingOfAValue() {
        Payload payload = payload(sealed, SAMPLE);
        assertThat(text(payload.toByteString())).doesNotContain("canary").doesNotContain("json");
        assertThat(payload(sealed, SAMPLE).getData())
                .as("the same value, sealed twice")
                .isNotEqualTo(payload.getData());
    }

    @Test
    void showsNothingOfAFailureEither() {
        Failure reason = Failure.of(FailureCode.BUILD_SCRIPT_FAILED, "a canary died", "mend it");
        var failure = sealed.exceptionToFailure(ApplicationFailure.newNonRetryableFailure(
                reason.sentence(), reason.code().name(), reason));
        assertThat(text(failure.toByteString())).doesNotContain("canary").contains("BUILD_SCRIPT_FAILED");
        ApplicationFailure back = (ApplicationFailure) sealed.failureToException(failure);
        assertThat(back.getOriginalMessage()).isEqualTo("a canary died");
        assertThat(back.getDetails().get(0, Failure.class)).isEqualTo(reason);
    }

    @Test
    void readsWhatANewerReleaseWroteAndWhatAnOlderOneDid() {
        Grown grown = new Grown("text", Optional.empty(), SAMPLE.at(), SAMPLE.lasts(), "new");
        assertThat(sealed.fromPayload(payload(sealed, grown), Sample.class, Sample.class)
                        .text())
                .isEqualTo("text");
        assertThat(sealed.fromPayload(payload(sealed, SAMPLE), Grown.class, Grown.class)
                        .text())
                .isEqualTo("a canary");
    }

    @Test
    void readsWhatWasSealedWithAnEarlierKey() {
        DataConverter rotated = Payloads.sealed(key(2), List.of(KEY));
        assertThat(rotated.fromPayload(payload(sealed, SAMPLE), Sample.class, Sample.class))
                .isEqualTo(SAMPLE);
    }

    @Test
    void refusesAKeyThatItDoesNotKnowAndBytesThatWereChanged() {
        Payload payload = payload(sealed, SAMPLE);
        assertThatThrownBy(() -> Payloads.sealed(key(2)).fromPayload(payload, Sample.class, Sample.class))
                .isInstanceOf(DataConverterException.class)
                .hasMessageContaining("not known here");
        byte[] changed = payload.getData().toByteArray();
        changed[20] ^= 1;
        Payload damaged =
                payload.toBuilder().setData(ByteString.copyFrom(changed)).build();
        assertThatThrownBy(() -> sealed.fromPayload(damaged, Sample.class, Sample.class))
                .isInstanceOf(DataConverterException.class)
                .hasMessageContaining("wrong key or damaged");
    }

    @Test
    void readsWhatNobodySealed() {
        assertThat(sealed.fromPayload(payload(Payloads.plain(), SAMPLE), Sample.class, Sample.class))
                .isEqualTo(SAMPLE);
    }

    @Test
    void refusesWhatIsTooLargeForAHistory() {
        assertThatThrownBy(() -> payload(sealed, "x".repeat(SizeGuard.LIMIT_BYTES)))
                .isInstanceOf(DataConverterException.class)
                .hasMessageContaining("keep it in a row");
    }

    @Test
    void refusesAKeyOfAnotherLengthWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PayloadKey.of(new byte[16]))
                .withMessageContaining("16 bytes instead of 32");
        assertThat(KEY.toString()).doesNotContain("01");
    }

    private static Payload payload(DataConverter converter, Object value) {
        return converter.toPayload(value).orElseThrow();
    }

    private static PayloadKey key(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return PayloadKey.of(bytes);
    }

    private static String text(ByteString bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
