package dev.berth.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of a controller method that answers with what one query of the caller's organisation gives, by
 * {@link dev.berth.store.Tenancy#readInOrg}, and does nothing else: it may be asked by a caller whom only that query confirms, and
 * is asked again, as whoever they are by then, where it does not.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneQuery {}
