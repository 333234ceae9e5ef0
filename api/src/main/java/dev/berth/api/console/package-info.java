/** Serves the console's files, which the build takes from {@code ui/dist}. */
@NullMarked
package dev.berth.api.console;

import org.jspecify.annotations.NullMarked;
