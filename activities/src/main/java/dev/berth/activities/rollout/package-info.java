/**
 * Carries out the steps of a roll-out: the implementation of {@link dev.berth.workflows.RolloutActivities} over rows, Swarm,
 * the edge and the registry.
 *
 * <p>Every step first does a thing and then writes the row that says that it was seen; each may be repeated and finds what an
 * earlier try left. Database transactions never wait for Swarm or for the edge. Where a service's volume is, is the one thing that is
 * written before it is so.
 */
@NullMarked
package dev.berth.activities.rollout;

import org.jspecify.annotations.NullMarked;
