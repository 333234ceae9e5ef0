package dev.berth.api.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.settings.DerivedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random nonce, under a key that serves one purpose and is derived from PAYLOAD_KEY by HKDF-SHA256 (RFC 5869).
 * A value is bound to what it belongs to: put beside something else, it does not open. Form: one byte that says which form this
 * is, and so which algorithm; four bytes that name the key; nonce; text and tag. So a key can be replaced, and one day the
 * algorithm: what the former ones sealed opens as long as they are configured.
 */
public final class SealingKey {
    /** AES-256-GCM under HKDF-SHA256. */
    private static final byte FORM = 1;

    private static final int NAME_BYTES = 4;
    private static final int HEAD_BYTES = 1 + NAME_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ByteBuffer newest;
    private final Map<ByteBuffer, SecretKey> keys;

    /** @param purpose never shared by two kinds of values */
    public SealingKey(byte[] payloadKey, String purpose) {
        this(payloadKey, List.of(), purpose);
    }

    /** @param former keys that open what they sealed, and seal nothing any more */
    public SealingKey(byte[] payloadKey, List<byte[]> former, String purpose) {
        this.newest = name(payloadKey, purpose);
        this.keys = Stream.concat(Stream.of(payloadKey), former.stream())
                .collect(Collectors.toUnmodifiableMap(
                        key -> name(key, purpose), key -> derived(key, purpose, "AES"), (first, same) -> first));
    }

    /** Tells nothing about the key. */
    private static ByteBuffer name(byte[] payloadKey, String purpose) {
        byte[] whole = derived(payloadKey, purpose + ", its name", "AES").getEncoded();
        return ByteBuffer.wrap(Arrays.copyOf(whole, NAME_BYTES)).asReadOnlyBuffer();
    }

    /**
     * The 32-byte key for a purpose.
     *
     * @param algorithm what it is for, as the JDK calls it
     */
    public static SecretKey derived(byte[] payloadKey, String purpose, String algorithm) {
        return new SecretKeySpec(DerivedKey.of(payloadKey, purpose), algorithm);
    }

    /** Seals a value for what it belongs to. */
    public byte[] close(byte[] value, String belongsTo) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] head = head(newest);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key(newest), head, nonce, belongsTo)
                    .doFinal(value);
            return ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + sealed.length)
                    .put(head)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    /** Empty for what was sealed in another form or under a key that is not known here, or belongs to something else. */
    public Optional<byte[]> open(byte[] sealed, String belongsTo) {
        int text = HEAD_BYTES + NONCE_BYTES;
        if (sealed.length < text || sealed[0] != FORM) {
            return Optional.empty();
        }
        return Optional.ofNullable(keys.get(nameIn(sealed)))
                .flatMap(key -> open(
                        key,
                        Arrays.copyOf(sealed, HEAD_BYTES),
                        Arrays.copyOfRange(sealed, HEAD_BYTES, text),
                        Arrays.copyOfRange(sealed, text, sealed.length),
                        belongsTo));
    }

    private static Optional<byte[]> open(SecretKey key, byte[] head, byte[] nonce, byte[] text, String belongsTo) {
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key, head, nonce, belongsTo).doFinal(text));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Whether the newest key sealed it; where not, whoever has the text at hand seals it again. */
    public boolean isNewest(byte[] sealed) {
        return sealed.length >= HEAD_BYTES
                && sealed[0] == FORM
                && nameIn(sealed).equals(newest);
    }

    private static ByteBuffer nameIn(byte[] sealed) {
        return ByteBuffer.wrap(Arrays.copyOfRange(sealed, 1, HEAD_BYTES));
    }

    private static byte[] head(ByteBuffer name) {
        return ByteBuffer.allocate(HEAD_BYTES).put(FORM).put(name.duplicate()).array();
    }

    private SecretKey key(ByteBuffer name) {
        return Optional.ofNullable(keys.get(name)).orElseThrow();
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] head, byte[] nonce, String belongsTo)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(belongsTo.getBytes(UTF_8));
        return cipher;
    }
}
