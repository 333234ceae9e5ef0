/**
 * The steps of a build that Temporal calls, except Nix's own: they join the adapters for Git, images and the registry with the
 * build's row.
 *
 * <p>Each step may run any number of times for one build. Rows come first and leftovers are cleared after them, so a step that
 * was killed in between finds out by the row what is left to do. The Temporal worker puts the steps together; nobody else
 * calls them.
 */
@NullMarked
package dev.berth.activities.builds;

import org.jspecify.annotations.NullMarked;
