/**
 * What an operator may set: every environment variable, its meaning, its default, and whether it must be there.
 *
 * <p>Pure: a map of variables goes in, {@link dev.berth.settings.Settings} or one error that names every wrong variable comes
 * out. API, Temporal workers and the one-machine stack read it at start-up, before they do anything else. {@link dev.berth.settings.DerivedKey} makes the keys of
 * single purposes out of the one that is set.
 */
@NullMarked
package dev.berth.settings;

import org.jspecify.annotations.NullMarked;
