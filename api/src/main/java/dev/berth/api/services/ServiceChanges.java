package dev.berth.api.services;

import static java.util.Map.entry;

import dev.berth.domain.Volume;
import dev.berth.store.Service;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What differs between two states of a service, by name: values may be secret, and a repository's address may hold a password. */
final class ServiceChanges {
    private static final Map<String, Function<Service, Object>> FIELDS = Map.ofEntries(
            entry("name", Service::name),
            entry("gitUrl", Service::gitUrl),
            entry("gitBranch", Service::gitBranch),
            entry("replicas", Service::replicas),
            entry("cpuLimit", Service::cpuMillis),
            entry("memoryLimitMb", Service::memoryMb),
            entry("port", Service::port),
            entry("healthPath", Service::healthPath),
            entry("env", Service::env),
            entry("rollout", Service::rollout),
            entry("volumeMb", service -> service.volume().map(Volume::sizeMb)),
            entry("approvalRequired", service -> service.rollout().gates().approvalRequired()),
            entry("deployWindows", service -> service.rollout().gates().windows()));

    private ServiceChanges() {}

    /** {@code fields} and, where the environment differs, the names of its variables in {@code env}; empty where nothing does. */
    static Map<String, String> between(Service before, Service after) {
        List<String> fields = FIELDS.entrySet().stream()
                .filter(field ->
                        !field.getValue().apply(before).equals(field.getValue().apply(after)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        Map<String, String> changes = new LinkedHashMap<>();
        if (!fields.isEmpty()) {
            changes.put("fields", String.join(", ", fields));
        }
        if (fields.contains("env")) {
            changes.put("env", variables(before.env(), after.env()));
        }
        return changes;
    }

    private static String variables(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
