/**
 * The parts of the stack, one class each: how it is prepared, started, seen to answer and ended. A part knows nothing of the
 * others but their addresses; {@code Stack} lists them in the order in which they start.
 */
@NullMarked
package dev.berth.local.parts;

import org.jspecify.annotations.NullMarked;
