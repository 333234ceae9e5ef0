/** What organisations may take: their limits, what they use, and the refusal of what would be too much. */
@NullMarked
package dev.berth.api.quota;

import org.jspecify.annotations.NullMarked;
