package dev.berth.workflows.payload;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.util.List;

/** The converters for everything that goes through Temporal. */
public final class Payloads {
    private Payloads() {}

    /** What processes use: JSON, size-guarded, sealed; messages and stack traces of failures too. */
    public static DataConverter sealed(PayloadKey key) {
        return sealed(key, List.of());
    }

    /** @param earlier keys under which histories that are still kept may have been written */
    public static DataConverter sealed(PayloadKey key, List<PayloadKey> earlier) {
        return new CodecDataConverter(plain(), List.of(new SealingCodec(key, earlier), new SizeGuard()), true);
    }

    /** The same JSON unsealed: what the stored histories of the tests are written in. */
    public static DataConverter plain() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(mapper()));
    }

    /**
     * A reader that knows fewer fields than the writer reads on: a history outlives the release that wrote it. Instants and
     * durations as ISO 8601, so that a person can read a history.
     */
    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
    }
}
