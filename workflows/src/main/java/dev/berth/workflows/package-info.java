/**
 * The contracts of Berth's durable work and the deterministic code that carries it out.
 *
 * <p>An interface here is either a workflow (what is done, in which order, what undoes it) or a set of activities (what
 * touches the world). The API knows the contracts only; adapters in {@code dev.berth.activities} implement the activities.
 * Implementations see nothing but these contracts, pure records of {@link dev.berth.domain} and {@code io.temporal}: no
 * clock, no randomness, no Spring, so that a history replays to the same commands for years.
 */
@NullMarked
package dev.berth.workflows;

import org.jspecify.annotations.NullMarked;
