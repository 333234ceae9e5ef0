package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whom a token was last recognised as. It is a guess until the database has said it again, which a read lets it do in the round trip
 * of its query: {@link Tenancy#expect}.
 */
public record Expected(ApiToken token, Caller caller) {
    /**
     * As {@link Tokens#enter}, before a query that stands behind it whatever it finds: for a token that is worth nothing the
     * transaction is the tenant role's and no organisation's, and sees no row of any.
     */
    static final String QUESTION = """
            select r.*, set_config('role', 'berth_tenant', true),
                set_config('berth.organization_id', coalesce(r.organization_id::text, ''), true)
            from (select) one left join recognize_token(?) r on true
            """;

    /**
     * @param answer to {@link #QUESTION}
     * @return whose the token is; empty for one that is worth nothing
     */
    static Optional<Recognized> found(ResultSet answer) throws SQLException {
        answer.next();
        return answer.getObject("token_id") == null ? Optional.empty() : Optional.of(Recognized.byToken(answer));
    }

    /** @throws CallerChangedException unless it is the same caller to the last field, whose use is noted */
    void check(Optional<Recognized> now) {
        if (!now.equals(Optional.of(new Recognized(caller, true)))) {
            throw new CallerChangedException(token, now);
        }
    }
}
