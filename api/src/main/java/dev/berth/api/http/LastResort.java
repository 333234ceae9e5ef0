package dev.berth.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers what filters throw: no controller's advice sees that, and the container's own page is not ours. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public class LastResort extends OncePerRequestFilter {
    private final ProblemWriter problems;

    public LastResort(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (InvalidParameterException e) {
            problems.write(response, Problem.of(ProblemType.MALFORMED_REQUEST, "The query string cannot be decoded."));
        } catch (IOException e) {
            // The client has gone; there is nobody to tell.
            throw e;
        } catch (Exception e) {
            problems.write(response, ProblemHandler.unforeseenProblem(e));
        }
    }
}
