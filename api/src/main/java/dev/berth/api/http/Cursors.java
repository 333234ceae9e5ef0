package dev.berth.api.http;

import dev.berth.store.Cursor;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** How a place in a list travels: base64url of seconds, nanoseconds and id, opaque to clients. */
final class Cursors {
    private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;
    /** Later than any row and inside what PostgreSQL can compare with. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Cursors() {}

    static String write(Cursor cursor) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(cursor.createdAt().getEpochSecond())
                .putInt(nanos(cursor.createdAt()))
                .putLong(cursor.id().getMostSignificantBits())
                .putLong(cursor.id().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Of the whole second before it, which stands beside. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano")
    private static int nanos(Instant instant) {
        return instant.getNano();
    }

    /** Empty for a text that is none of ours. */
    static Optional<Cursor> read(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            Instant createdAt = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            return createdAt.isBefore(Instant.EPOCH) || createdAt.isAfter(LATEST)
                    ? Optional.empty()
                    : Optional.of(new Cursor(createdAt, id));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
