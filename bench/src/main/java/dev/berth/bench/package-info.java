/**
 * Measures Berth beside the raw tool, in the same run, on the same machine: a ratio survives a noisy machine, a number does not.
 *
 * <p>{@code ./berth bench NAME} starts it against the running stack. Nothing calls it; it speaks to Berth as a user does,
 * through the API and the edge, and to Docker through Docker's own command.
 */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
