/** The committed document against the process: a valid request for each operation, and then one thing after the other broken. */
@NullMarked
package dev.berth.api.fuzz;

import org.jspecify.annotations.NullMarked;
