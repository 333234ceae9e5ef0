/**
 * The header {@code Idempotency-Key}: a request that is sent again, since its answer got lost, gets the first answer and has no
 * second effect (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>It holds for each POST of a signed-in caller; see {@link dev.berth.api.repeats.RepeatCheck} for what it promises when a
 * process dies.
 */
@NullMarked
package dev.berth.api.repeats;

import org.jspecify.annotations.NullMarked;
