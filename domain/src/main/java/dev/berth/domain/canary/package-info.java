/** What is thought of a version that gets a part of the traffic first: pure sums of what the edge counted, and the words for each end. */
@NullMarked
package dev.berth.domain.canary;

import org.jspecify.annotations.NullMarked;
