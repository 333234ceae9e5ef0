/**
 * What the edge (Traefik) is told, as a pure function of routes, endpoints and their generation.
 *
 * <p>The feeder in {@code dev.berth.activities.edge} writes it to disk; nobody else may make a document for the edge. The same
 * input gives the same bytes, so an unchanged state never makes the edge reload.
 */
@NullMarked
package dev.berth.domain.edge;

import org.jspecify.annotations.NullMarked;
