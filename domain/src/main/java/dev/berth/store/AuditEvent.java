package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An entry at its place in a chain. Its hash covers every field and the hash before it.
 *
 * @param sequence counts from 1 without gaps
 * @param at to the microsecond, as the database keeps it
 * @param previousHash 64 hexadecimal digits; zeros for the first
 * @param hash 64 hexadecimal digits, SHA-256
 */
public record AuditEvent(
        UUID chainId, long sequence, UUID id, Instant at, AuditEntry entry, String previousHash, String hash) {
    /** What the first event of a chain builds on. */
    public static final String NO_HASH = "0".repeat(64);

    private static final byte FORM = 1;

    static AuditEvent next(AuditHead head, UUID id, Instant at, AuditEntry entry) {
        AuditEvent unsealed = new AuditEvent(head.chainId(), head.sequence() + 1, id, at, entry, head.hash(), NO_HASH);
        return new AuditEvent(
                unsealed.chainId, unsealed.sequence, id, at, entry, unsealed.previousHash, unsealed.computedHash());
    }

    /** Whether the fields are those that the hash was made of. */
    public boolean isIntact() {
        return hash.equals(computedHash());
    }

    /**
     * SHA-256 of the fields in the order of the record, big-endian. Texts come behind their length in bytes and optional
     * fields behind a byte that says whether they are there, so that no two events have the same encoding.
     */
    private String computedHash() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            write(out, chainId);
            out.writeLong(sequence);
            write(out, id);
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.get(ChronoField.MICRO_OF_SECOND));
            write(out, entry.actor());
            write(out, entry.action());
            write(out, entry.subject());
            write(out, entry.operationId());
            out.writeBoolean(entry.workflowId().isPresent());
            write(out, entry.workflowId().orElse(""));
            write(out, entry.outcome().name());
            write(out, entry.detail());
            write(out, previousHash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(sha256(bytes.toByteArray()));
    }

    private static void write(DataOutputStream out, AuditEntry.Actor actor) throws IOException {
        write(out, actor.kind().name());
        write(out, actor.id());
        write(out, actor.name());
        byte[] address = actor.address().map(InetAddress::getAddress).orElse(new byte[0]);
        out.writeInt(address.length);
        out.write(address);
    }

    private static void write(DataOutputStream out, AuditEntry.Subject subject) throws IOException {
        write(out, subject.kind());
        write(out, subject.id());
        write(out, subject.name());
    }

    private static void write(DataOutputStream out, Map<String, String> detail) throws IOException {
        out.writeInt(detail.size());
        for (Map.Entry<String, String> item : new TreeMap<>(detail).entrySet()) {
            write(out, item.getKey());
            write(out, item.getValue());
        }
    }

    private static void write(DataOutputStream out, Optional<UUID> id) throws IOException {
        out.writeBoolean(id.isPresent());
        write(out, id.orElse(Audit.PLATFORM));
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
