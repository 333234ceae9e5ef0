package dev.berth.api.http;

import dev.berth.store.Cursor;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor for the next page, opaque; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /**
     * The page of rows that were read with one more than {@code limit}: the last only says that there is a next page.
     *
     * @param position where a row stands in the list
     */
    public static <R, T> Page<T> of(List<R> rows, int limit, Function<R, Cursor> position, Function<R, T> view) {
        List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? Cursors.write(position.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
