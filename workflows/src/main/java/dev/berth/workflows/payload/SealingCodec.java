package dev.berth.workflows.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals whole payloads, their metadata too, with AES-256-GCM: a fresh nonce of 96 bits in front, a tag of 128 bits behind, the
 * key's id as additional data. Payloads that nobody sealed pass as they are, such as those of the Temporal command line.
 */
final class SealingCodec implements PayloadCodec {
    private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/encrypted");
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final PayloadKey current;
    private final Map<String, PayloadKey> known;
    private final SecureRandom random = new SecureRandom();

    /** @param earlier keys under which histories that are still kept may have been written */
    SealingCodec(PayloadKey current, List<PayloadKey> earlier) {
        this.current = current;
        this.known = Stream.concat(Stream.of(current), earlier.stream())
                .collect(Collectors.toUnmodifiableMap(PayloadKey::id, Function.identity(), (first, _) -> first));
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::seal).toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::open).toList();
    }

    private Payload seal(Payload payload) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce).doFinal(payload.toByteArray());
            return Payload.newBuilder()
                    .putMetadata("encoding", ENCODING)
                    .putMetadata("encryption-key-id", ByteString.copyFromUtf8(current.id()))
                    .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
                    .build();
        } catch (GeneralSecurityException failure) {
            throw new DataConverterException("A payload could not be sealed", failure);
        }
    }

    private Payload open(Payload payload) {
        if (!ENCODING.equals(payload.getMetadataMap().get("encoding"))) {
            return payload;
        }
        String keyId = payload.getMetadataOrDefault("encryption-key-id", ByteString.EMPTY)
                .toStringUtf8();
        PayloadKey key = known.get(keyId);
        if (key == null) {
            throw new DataConverterException(
                    "A payload was sealed with the key " + keyId + ", which is not known here");
        }
        try {
            ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
            byte[] nonce = new byte[NONCE_BYTES];
            data.get(nonce);
            byte[] sealed = new byte[data.remaining()];
            data.get(sealed);
            return Payload.parseFrom(cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed));
        } catch (GeneralSecurityException | InvalidProtocolBufferException | RuntimeException failure) {
            throw new DataConverterException("A payload could not be opened: wrong key or damaged", failure);
        }
    }

    private static Cipher cipher(int mode, PayloadKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("berth payload " + key.id()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
