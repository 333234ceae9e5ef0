/** Builds and their logs, whole and live. */
@NullMarked
package dev.berth.api.builds;

import org.jspecify.annotations.NullMarked;
