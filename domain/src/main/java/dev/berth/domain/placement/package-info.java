/** Where replicas fit: a pure decision over what hosts have and what is reserved on them. Swarm decides for good; this says no early. */
@NullMarked
package dev.berth.domain.placement;

import org.jspecify.annotations.NullMarked;
