package dev.berth.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.berth.domain.DeployWindows;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ReleaseCommand;
import dev.berth.domain.WindowDraft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the types of the domain look in a column. */
final class Column {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final TypeReference<Map<String, String>> ENVIRONMENT = new TypeReference<>() {};

    private Column() {}

    static String of(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E state(ResultSet row, String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
    }

    static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Optional<UUID> optionalId(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    static Optional<Integer> optionalInt(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<ImageDigest> digest(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(ImageDigest::new);
    }

    static Optional<Failure> failure(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("failure")).map(text -> parse(text, Failure.class));
    }

    static @Nullable String of(Optional<Failure> failure) {
        return failure.map(Column::json).orElse(null);
    }

    static Optional<ReleaseCommand> release(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("release_command"))
                .map(text -> new ReleaseCommand(List.of(parse(text, String[].class))));
    }

    static DeployWindows windows(ResultSet row) throws SQLException {
        return new DeployWindows(
                Stream.of(parse(row.getString("deploy_windows"), WindowDraft[].class))
                        .map(WindowDraft::window)
                        .toList(),
                ZoneId.of(row.getString("deploy_window_zone")));
    }

    static @Nullable String argv(Optional<ReleaseCommand> release) {
        return release.map(command -> json(command.argv())).orElse(null);
    }

    static Map<String, String> environment(ResultSet row, String column) throws SQLException {
        try {
            return Map.copyOf(JSON.readValue(row.getString(column), ENVIRONMENT));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable environment in a row", e);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as JSON: " + value.getClass(), e);
        }
    }

    static <T> T parse(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable " + type.getSimpleName() + " in a row", e);
        }
    }
}
