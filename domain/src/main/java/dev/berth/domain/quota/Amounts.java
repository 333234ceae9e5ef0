package dev.berth.domain.quota;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How much of every resource: a limit, or a use. What is not named is none. */
public record Amounts(Map<Resource, Long> byResource) {
    public static final Amounts NONE = new Amounts(Map.of());

    /** @throws IllegalArgumentException for less than nothing */
    public Amounts {
        EnumMap<Resource, Long> all = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            all.put(resource, byResource.getOrDefault(resource, 0L));
        }
        byResource = Map.copyOf(all);
        byResource.forEach((resource, amount) -> {
            if (amount < 0) {
                throw new IllegalArgumentException("Less than nothing: " + amount + " " + resource.unit());
            }
        });
    }

    public static Amounts each(ToLongFunction<Resource> amount) {
        EnumMap<Resource, Long> all = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            all.put(resource, amount.applyAsLong(resource));
        }
        return new Amounts(all);
    }

    public long of(Resource resource) {
        return byResource.get(resource);
    }

    /** These, but for what {@code overrides} names: limits of one organisation. */
    public Amounts overriddenBy(Map<Resource, Long> overrides) {
        return each(resource -> overrides.getOrDefault(resource, of(resource)));
    }
}
