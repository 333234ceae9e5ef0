/**
 * The parts that every adapter shares: how a failure in the user's words reaches a workflow, and how long work says that it
 * lives.
 *
 * <p>The packages below do things to the outside world, one adapter each; only the Temporal worker and the one-machine stack
 * put them together. Nothing here knows a workflow's implementation.
 */
@NullMarked
package dev.berth.activities;

import org.jspecify.annotations.NullMarked;
