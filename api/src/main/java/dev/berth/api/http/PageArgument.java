package dev.berth.api.http;

import dev.berth.store.Cursor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code limit} (50 where it is missing) and {@code cursor} of a list's request. */
final class PageArgument implements HandlerMethodArgumentResolver {
    private static final int USUAL = 50;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public PageRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Cursor after = Optional.ofNullable(request.getParameter("cursor"))
                .map(text -> Cursors.read(text)
                        .orElseThrow(() -> new ProblemException(
                                Problem.ofParameter("cursor", "is none that an earlier page gave as nextCursor"))))
                .orElse(Cursor.START);
        return new PageRequest(limit(request.getParameter("limit")), after);
    }

    private static int limit(@Nullable String text) {
        try {
            return text == null ? USUAL : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // Out of range, so that the one sentence about the range answers both.
            return 0;
        }
    }
}
