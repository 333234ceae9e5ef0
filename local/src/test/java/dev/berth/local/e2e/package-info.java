/**
 * The whole of Berth as its users meet it: requests go to the API, answers come through the edge, processes are killed for real.
 *
 * <p>The tests need the stack that {@code ./berth test} starts and describes in {@code BERTH_TEST_*}; each makes services of its
 * own and leaves none.
 */
@NullMarked
package dev.berth.local.e2e;

import org.jspecify.annotations.NullMarked;
