/**
 * Who did what, when, from where, and what came of it: notes it in the transaction of what is done, and shows, exports and
 * verifies what was noted.
 */
@NullMarked
package dev.berth.api.audit;

import org.jspecify.annotations.NullMarked;
