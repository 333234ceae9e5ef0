package dev.berth.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Member;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class ConfirmedAnswerTests {
    /** Of what asks for no row, such as the description of the API, which is long enough for a slow reader to stay with. */
    @Test
    void whatIsBeingWrittenHoldsNoConnection() throws Exception {
        Member member = TestApi.member("viewer");
        try (HikariDataSource pool = new HikariDataSource(of(TestApi.DATABASE.dataSource()))) {
            SignIn signIn = new SignIn(new Tenancy(pool), new Tokens(pool), new Sessions(pool), Clock.systemUTC());
            try {
                // The first time its use is written down, which ends what was begun.
                assertThat(signIn.byToken(member.token())).isPresent();
                assertThat(signIn.byTokenToRead(member.token())).isPresent();
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
                assertThat(write(new ConfirmedAnswer(signIn))).isEqualTo("a long text");
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            } finally {
                signIn.leave();
            }
        }
    }

    private static HikariConfig of(javax.sql.DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        return config;
    }

    private static Object write(ConfirmedAnswer advice) throws NoSuchMethodException {
        return advice.beforeBodyWrite(
                "a long text",
                new MethodParameter(Object.class.getMethod("toString"), -1),
                MediaType.TEXT_PLAIN,
                StringHttpMessageConverter.class,
                new ServletServerHttpRequest(new MockHttpServletRequest()),
                new ServletServerHttpResponse(new MockHttpServletResponse()));
    }
}
