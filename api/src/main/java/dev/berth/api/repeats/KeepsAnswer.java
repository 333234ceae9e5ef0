package dev.berth.api.repeats;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A controller method whose effect keeps its answer by itself, with {@link KeptAnswers#claim} at the beginning and
 * {@link KeptAnswers#keep} at the end of the effect's own transaction: there is no moment at which one is there without the
 * other.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface KeepsAnswer {}
