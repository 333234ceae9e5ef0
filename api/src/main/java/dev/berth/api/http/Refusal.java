package dev.berth.api.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What a problem says that is fit for a log: its kind and the places that it names, never a value. A place may be a name that the
 * caller made up, so only harmless characters of it stay, and not many.
 *
 * @param kind the last part of the problem's type
 */
public record Refusal(String kind, List<String> places) {
    private static final String ATTRIBUTE = Refusal.class.getName();
    private static final int MOST_PLACES = 5;
    private static final int LONGEST_PLACE = 60;
    private static final Pattern HARMFUL = Pattern.compile("[^A-Za-z0-9#/_.~-]");

    static Refusal of(Problem problem) {
        return new Refusal(
                problem.type().getPath().replaceFirst("^/problems/", ""),
                problem.errors().stream()
                        .flatMap(item ->
                                Stream.of(Optional.ofNullable(item.pointer()), Optional.ofNullable(item.parameter())))
                        .flatMap(Optional::stream)
                        .map(place -> HARMFUL.matcher(place).replaceAll("?"))
                        .map(place -> place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) : place)
                        .limit(MOST_PLACES)
                        .toList());
    }

    /** Remembers it for the request that is being answered, if one is. */
    public static void note(Problem problem) {
        Optional.ofNullable(RequestContextHolder.getRequestAttributes())
                .ifPresent(request -> request.setAttribute(ATTRIBUTE, of(problem), RequestAttributes.SCOPE_REQUEST));
    }

    /** Empty for an answer that was no problem, or one from before there was a request to remember it. */
    public static Optional<Refusal> of(jakarta.servlet.ServletRequest request) {
        return Optional.ofNullable(request.getAttribute(ATTRIBUTE))
                .filter(Refusal.class::isInstance)
                .map(Refusal.class::cast);
    }
}
