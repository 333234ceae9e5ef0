/**
 * Finds the programs that the stack is made of, and gets those that are missing: Debian packages where we may install them,
 * wheels by hash into the cache folder. Where it may not install, it says what to install. Called by parts and commands.
 */
@NullMarked
package dev.berth.local.install;

import org.jspecify.annotations.NullMarked;
