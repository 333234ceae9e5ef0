/**
 * {@code ./berth test}: a stack of its own for the tests, the tests of all modules and of the console against it, one sum at
 * the end, and nothing left behind.
 */
@NullMarked
package dev.berth.local.test;

import org.jspecify.annotations.NullMarked;
