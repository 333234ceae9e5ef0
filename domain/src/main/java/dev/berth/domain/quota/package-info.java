/**
 * How much an organisation may have: resources, amounts of them, and the decision whether a request may take more. Pure; the rows
 * are {@link dev.berth.store.Quotas}'s.
 */
@NullMarked
package dev.berth.domain.quota;

import org.jspecify.annotations.NullMarked;
