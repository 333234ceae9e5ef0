package dev.berth.api.quota;

import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import dev.berth.settings.Settings;
import dev.berth.store.Quotas.Quota;
import dev.berth.store.Utilisation.Event;
import dev.berth.store.Utilisation.Summary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation may have and has.
 *
 * @param recalculatedAt when the use was summed up; null for an organisation that is a few seconds old
 * @param volumes whether its services may have volumes here, and what holds one to its size: {@code off}, {@code quota} (the host's
 *     engine) or {@code unlimited} (nothing)
 * @param events the newest ones, newest first; those without {@code clearedAt} hold now
 */
@Schema(name = "Quota")
record QuotaView(
        UUID organizationId,
        List<ResourceView> resources,
        @Nullable Instant recalculatedAt,
        Settings.Volumes volumes,
        List<EventView> events) {
    static QuotaView of(Quota quota, Amounts limits, Summary summary, Settings.Volumes volumes, List<Event> events) {
        return new QuotaView(
                quota.organizationId(),
                Arrays.stream(Resource.values())
                        .map(resource -> ResourceView.of(
                                resource,
                                summary.used().of(resource),
                                limits.of(resource),
                                quota.overrides().containsKey(resource)))
                        .toList(),
                summary.recalculatedAt().orElse(null),
                volumes,
                events.stream().map(EventView::of).toList());
    }

    /**
     * @param percent of the limit that is used, rounded down; above 100 where the limit was lowered
     * @param overridden whether the limit is the organisation's own and not the platform's default
     */
    @Schema(name = "QuotaResource")
    record ResourceView(Resource resource, long used, long limit, int percent, boolean overridden) {
        static ResourceView of(Resource resource, long used, long limit, boolean overridden) {
            long percent = limit == 0 ? (used == 0 ? 0 : 100) : used * 100 / limit;
            return new ResourceView(resource, used, limit, (int) Math.min(percent, Integer.MAX_VALUE), overridden);
        }
    }

    /** @param threshold percent of the limit that was reached: 80, 90 or 100 */
    @Schema(name = "QuotaEvent")
    record EventView(
            UUID id,
            Resource resource,
            int threshold,
            Instant raisedAt,
            @Nullable Instant clearedAt) {
        static EventView of(Event event) {
            return new EventView(
                    event.id(),
                    event.resource(),
                    event.threshold(),
                    event.raisedAt(),
                    event.clearedAt().orElse(null));
        }
    }
}
