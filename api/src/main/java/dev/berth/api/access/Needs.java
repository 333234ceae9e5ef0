package dev.berth.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The permission that a controller method needs. A method without it answers nobody, and a test fails on it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    Permission value();

    /**
     * What a token limited to one service gets where the address names no service: nothing, unless the method says here that it
     * shows such a token nothing else.
     */
    OneService oneService() default OneService.REFUSED;

    /** How a method without a service in its address treats a token that is limited to one. */
    enum OneService {
        REFUSED,
        MINDED
    }
}
