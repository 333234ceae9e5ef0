/**
 * The container engine as the launcher needs it: a few calls of its HTTP API over the Unix socket, and the start and clean end
 * of an engine of our own. Deploying apps is not done here but in {@code dev.berth.activities.swarm}.
 */
@NullMarked
package dev.berth.local.engine;

import org.jspecify.annotations.NullMarked;
