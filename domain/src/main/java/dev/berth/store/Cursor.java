package dev.berth.store;

import java.time.Instant;
import java.util.UUID;

/** Where a page of a newest-first list ended: the next page holds what is older. */
public record Cursor(Instant createdAt, UUID id) {
    /** Before everything: the first page. The year 9999 is later than any row and exact in PostgreSQL. */
    public static final Cursor START =
            new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(0xffff_ffff_ffff_ffffL, 0xffff_ffff_ffff_ffffL));
}
