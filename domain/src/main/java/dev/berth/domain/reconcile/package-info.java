/**
 * Compares what the rows say with what is seen in Swarm, the registry and the Nix store, and says what to do about each
 * difference. Pure: who looks and who repairs is the caller's business.
 *
 * <p>A repair is named only where rows and labels prove it; everything else is reported. What somebody works on, or touched a
 * moment ago, is left alone.
 */
@NullMarked
package dev.berth.domain.reconcile;

import org.jspecify.annotations.NullMarked;
