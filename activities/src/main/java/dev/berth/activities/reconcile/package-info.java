/**
 * Looks at Swarm, the engine's volumes, registry and Nix store beside the rows, for {@link dev.berth.domain.reconcile}, and carries
 * out its remedies; keeps the edge on the organisations' networks; and drops old logs.
 *
 * <p>A part that does not answer gives no findings about it: that nothing was seen is not taken for "nothing is there".
 */
@NullMarked
package dev.berth.activities.reconcile;

import org.jspecify.annotations.NullMarked;
