package dev.berth.api.services;

import dev.berth.domain.DeployWindow;
import dev.berth.domain.WindowDraft;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time of the week in which a new version may be started.
 *
 * @param from when it opens, HH:MM
 * @param until when it closes; not later than {@code from} is on the next day
 */
@Schema(name = "DeployWindow")
record DeployWindowBody(
        @ArraySchema(
                minItems = 1,
                maxItems = 7,
                uniqueItems = true,
                schema =
                        @Schema(
                                allowableValues = {
                                    "monday",
                                    "tuesday",
                                    "wednesday",
                                    "thursday",
                                    "friday",
                                    "saturday",
                                    "sunday"
                                }))
        List<String> days,

        @Schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "09:00")
        String from,

        @Schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "17:00")
        String until) {
    static DeployWindowBody of(DeployWindow window) {
        WindowDraft words = WindowDraft.of(window);
        return new DeployWindowBody(words.days(), words.from(), words.until());
    }

    /** Each as its author wrote it down; one that is no object is missing all of its parts. */
    static List<WindowDraft> drafts(List<@Nullable DeployWindowBody> bodies) {
        return bodies.stream()
                .map(body -> body == null
                        ? new WindowDraft(null, null, null)
                        : new WindowDraft(body.days, body.from, body.until))
                .toList();
    }
}
