package dev.berth.api.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A request whose body is here as a whole, so that whoever sends it slowly holds nothing but their own connection. */
public class HeldRequest extends HttpServletRequestWrapper {
    /** A mebibyte at 300 kilobits a second. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int PIECE = 8 << 10;

    private final byte[] body;

    /**
     * Reads the body.
     *
     * @throws BodyLimit.ExceededException where it is too large
     * @throws ProblemException 400 where it breaks off, or comes too slowly
     */
    public HeldRequest(HttpServletRequest request) throws IOException {
        super(request);
        this.body = request instanceof HeldRequest held ? held.body : read(request.getInputStream());
    }

    private static byte[] read(InputStream stream) throws IOException {
        long begin = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
                body.write(piece, 0, length);
                if (System.nanoTime() - begin > LONGEST.toNanos()) {
                    throw malformed("The body took longer than " + LONGEST.toSeconds() + " seconds. Send it at once.");
                }
            }
        } catch (BodyLimit.ExceededException tooLarge) {
            throw tooLarge;
        } catch (IOException broken) {
            throw malformed("The body broke off. Send it again.");
        }
        return body.toByteArray();
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.of(ProblemType.MALFORMED_REQUEST, detail));
    }

    public byte[] body() {
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
