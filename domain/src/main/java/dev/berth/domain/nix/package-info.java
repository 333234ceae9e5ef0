/**
 * How Berth's own Nix daemon is started: commands, environment and configuration as values.
 *
 * <p>Pure: nothing here touches a file. Whoever supervises the daemon starts it from here, and whoever builds reaches it by
 * the same record, so the two cannot disagree.
 */
@NullMarked
package dev.berth.domain.nix;

import org.jspecify.annotations.NullMarked;
