/**
 * What {@code ./berth} does for each word on its command line. A command reads the folders, says what it did, and returns the
 * exit status; the work is in the packages beside it.
 */
@NullMarked
package dev.berth.local.command;

import org.jspecify.annotations.NullMarked;
