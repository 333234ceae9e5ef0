/**
 * What the tests of several modules share: databases, builders, and the condition on which a test against a real part runs.
 *
 * <p>Only test code may call it; it knows the domain and nothing above it.
 */
@NullMarked
package dev.berth.testkit;

import org.jspecify.annotations.NullMarked;
