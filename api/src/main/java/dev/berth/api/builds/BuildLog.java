package dev.berth.api.builds;

import dev.berth.api.access.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
class BuildLog {
    void write(Caller caller, UUID serviceId, UUID buildId, HttpServletResponse response) throws IOException {
        throw new UnsupportedOperationException();
    }

    void follow(Caller caller, UUID serviceId, UUID buildId, LogPosition from, HttpServletResponse response)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
