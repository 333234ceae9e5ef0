package dev.berth.api.organizations;

import dev.berth.api.people.Text;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Role;
import dev.berth.domain.Violation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words of a request that stand for one of a few things. */
final class Words {
    private Words() {}

    /** @throws InvalidInputException where it is missing or none of {@code allowed} */
    static Role role(String field, @Nullable String word, List<Role> allowed) {
        return Role.of(Text.required(field, word))
                .filter(allowed::contains)
                .orElseThrow(() -> new InvalidInputException(List.of(Violation.of(
                        field,
                        "must be one of " + allowed.stream().map(Role::word).collect(Collectors.joining(", "))))));
    }
}
