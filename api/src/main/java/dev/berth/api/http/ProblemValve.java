package dev.berth.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The last page of all, for requests so broken that they reach no filter: Tomcat's own is HTML and names its version. */
public final class ProblemValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        ProblemType type = ProblemType.of(status == null ? HttpStatus.BAD_REQUEST : status);
        response.setStatus(type.status().value());
        response.setContentType(Problem.MEDIA_TYPE);
        try {
            // Only words of ours stand in it, none of which JSON would escape.
            response.getOutputStream()
                    .write("{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s.\",\"errors\":[]}"
                            .formatted(type.uri(), type.title(), type.status().value(), type.title())
                            .getBytes(UTF_8));
            response.finishResponse();
        } catch (IOException e) {
            containerLog().debug("The client did not wait for its error", e);
        }
    }

    private org.apache.juli.logging.Log containerLog() {
        return getContainer().getLogger();
    }
}
