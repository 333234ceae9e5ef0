/**
 * The edge: the Traefik container, the feeder that writes its document, the watcher that keeps replicas' addresses true, and
 * the probe that asks the edge what it serves.
 *
 * <p>The edge needs nothing of Berth while it runs: it reads a file, and reaches replicas by name when the file is out of
 * date. {@link EdgeContainer} and what it uses need no Spring, no Temporal and no database, so the launcher may use them too.
 */
@NullMarked
package dev.berth.activities.edge;

import org.jspecify.annotations.NullMarked;
