package dev.berth.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body once for its form, before it is read for its content: is it JSON, does it name a field twice, does it hold null?
 * No request has a use for null (a field that is not meant is left out), and binding cannot tell it from a missing field.
 */
@RestControllerAdvice
class BodyScan extends RequestBodyAdviceAdapter {
    /** Requests nest two deep: a field, and a variable of the environment. */
    private static final int POINTER_DEPTH = 2;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage request,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        byte[] body = request.getBody().readAllBytes();
        refuseOtherEncodings(body);
        scan(body);
        return new Scanned(request.getHeaders(), new ByteArrayInputStream(body));
    }

    /** The parser lets some longer spellings of a character pass, NUL as two bytes among them, and takes UTF-16 as well. */
    private static void refuseOtherEncodings(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw refused(ProblemType.MALFORMED_REQUEST, "The body is not valid JSON in UTF-8.", "#", "cannot be read");
        }
    }

    private static void scan(byte[] body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            try {
                while (parser.nextToken() != null) {
                    if (parser.currentToken() == JsonToken.VALUE_NULL) {
                        throw refused(
                                ProblemType.INVALID_INPUT,
                                "A field that is not meant is left out.",
                                parser,
                                "must not be null");
                    }
                    refuseNoCharacters(parser);
                }
            } catch (StreamConstraintsException e) {
                throw refused(
                        ProblemType.MALFORMED_REQUEST,
                        "The body is nested too deeply, or holds a number or a name that is too long.",
                        parser,
                        "is nested too deeply or too long");
            } catch (JacksonException e) {
                throw malformed(e, parser);
            }
        }
    }

    /** JSON can write half of a character, which no UTF-8 can, and NUL, which no text in the database can hold. */
    private static void refuseNoCharacters(JsonParser parser) {
        boolean name = parser.currentToken() == JsonToken.PROPERTY_NAME;
        if (name || parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = parser.getString();
            if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                throw noCharacter(parser, "half of a character", name);
            }
            if (text.indexOf('\0') >= 0) {
                throw noCharacter(parser, "the character NUL", name);
            }
        }
    }

    private static ProblemException noCharacter(JsonParser parser, String what, boolean name) {
        TokenStreamContext place = parser.streamReadContext();
        // A name that no answer can repeat is blamed on what it stands in.
        TokenStreamContext blamed = name && place.getParent() != null ? place.getParent() : place;
        return refused(
                ProblemType.INVALID_INPUT,
                "The body holds " + what + ".",
                JsonMistakes.pointer(blamed.pathAsPointer(), POINTER_DEPTH),
                "must not hold " + what);
    }

    private static ProblemException malformed(JacksonException mistake, JsonParser parser) {
        // The parser's message would repeat a part of the body; only what it begins with is fit to be told apart.
        if (String.valueOf(mistake.getOriginalMessage()).startsWith("Duplicate")) {
            return refused(ProblemType.MALFORMED_REQUEST, "The body names a field twice.", parser, "stands here twice");
        }
        TokenStreamLocation place = mistake.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
        return refused(
                ProblemType.MALFORMED_REQUEST,
                "The body is not valid JSON in UTF-8%s.".formatted(where),
                parser,
                "cannot be read");
    }

    private static ProblemException refused(ProblemType type, String detail, JsonParser parser, String sentence) {
        String pointer = JsonMistakes.pointer(parser.streamReadContext().pathAsPointer(), POINTER_DEPTH);
        return refused(type, detail, pointer, sentence);
    }

    private static ProblemException refused(ProblemType type, String detail, String pointer, String sentence) {
        return new ProblemException(Problem.of(type, detail).with(List.of(new Problem.Item(pointer, null, sentence))));
    }

    /** The request again, with its body as it was. */
    private record Scanned(HttpHeaders headers, ByteArrayInputStream body) implements HttpInputMessage {
        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
