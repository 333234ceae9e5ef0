/**
 * Keeps processes running: what is dead is started again with growing pauses, what is held stays down, and what survived a
 * killed launcher is adopted by process id and start time. Knows no particular part; {@code dev.berth.local.parts} does.
 */
@NullMarked
package dev.berth.local.supervise;

import org.jspecify.annotations.NullMarked;
