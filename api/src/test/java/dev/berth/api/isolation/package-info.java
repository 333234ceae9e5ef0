/** Whose things are whose: every operation, asked for by everybody who must not, and by everybody who may. */
@NullMarked
package dev.berth.api.isolation;

import org.jspecify.annotations.NullMarked;
