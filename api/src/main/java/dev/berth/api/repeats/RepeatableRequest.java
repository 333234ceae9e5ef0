package dev.berth.api.repeats;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/** A request with a key, whose body is read into memory so that its fingerprint can be taken before it is answered. */
final class RepeatableRequest extends HttpServletRequestWrapper {
    private final String key;
    private final byte[] body;

    /** @throws IOException where the body is too large or breaks off */
    RepeatableRequest(HttpServletRequest request, String key) throws IOException {
        super(request);
        this.key = key;
        this.body = request.getInputStream().readAllBytes();
    }

    static Optional<RepeatableRequest> in(ServletRequest request) {
        return Optional.ofNullable(WebUtils.getNativeRequest(request, RepeatableRequest.class));
    }

    String key() {
        return key;
    }

    byte[] body() {
        return body;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Body(body);
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body is here already");
        }
    }
}
