/** Keeps true what organisations use of their limits and what hosts have left. */
@NullMarked
package dev.berth.activities.quota;

import org.jspecify.annotations.NullMarked;
