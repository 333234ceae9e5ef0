/**
 * Speaks Docker Swarm's words on one side and the domain's on the other: one Swarm service per deployment, one overlay
 * network per organisation, one volume per service that has one, and what the tasks of a deployment say about its health.
 *
 * <p>Swarm specs are written as raw JSON over docker-java's HTTP transport, because docker-java's own classes lack several
 * fields and drop the ones that they do not know. Decisions are pure ({@link RevisionObserver}, {@link FailureWords}); only
 * {@link Engine} and the classes that take one touch the engine.
 */
@NullMarked
package dev.berth.activities.swarm;

import org.jspecify.annotations.NullMarked;
