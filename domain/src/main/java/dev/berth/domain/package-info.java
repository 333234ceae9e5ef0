/**
 * What Berth knows: references, states, failures and the pure rules over them.
 *
 * <p>Nothing here touches a clock, a network, a file or Spring; the same input gives the same answer, so a decision can be
 * replayed and explained. Everybody may call it; it calls nobody. The repositories that keep these records live beside it in
 * {@link dev.berth.store}.
 */
@NullMarked
package dev.berth.domain;

import org.jspecify.annotations.NullMarked;
