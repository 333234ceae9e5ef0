package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Who presented a token or a session.
 *
 * @param usedLately whether its use was noted within the last minute, which is often enough
 */
public record Recognized(Caller caller, boolean usedLately) {
    /** @param row of {@code recognize_token} */
    static Recognized byToken(ResultSet row) throws SQLException {
        return new Recognized(CallerRow.withToken(row, Optional.empty()), row.getBoolean("used_lately"));
    }
}
