/**
 * The one-machine stack behind {@code ./berth}: the command line, the folders and ports it uses, and the environment that it
 * hands to Berth's own processes. Nothing else of Berth calls it; it starts the others as processes.
 */
@NullMarked
package dev.berth.local;

import org.jspecify.annotations.NullMarked;
