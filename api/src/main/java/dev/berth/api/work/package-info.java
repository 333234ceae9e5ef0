/**
 * What is asked of services and what comes of it: operations, deployments, their steps and failures.
 *
 * <p>{@link dev.berth.api.work.Requests} is the only place that queues work. {@link dev.berth.api.work.WakeUps}
 * tells Temporal of it, once for all that comes to a service together.
 */
@NullMarked
package dev.berth.api.work;

import org.jspecify.annotations.NullMarked;
