/**
 * The rows: one record and one repository per table, and the two doors to them.
 *
 * <p>{@link dev.berth.store.Tenancy} opens a transaction either for one organisation or for the platform; the repositories
 * are stateless and work inside one. Their statements name the organisation as well, so that either would be enough: {@code
 * WallTests} opens the one and tries the other. The login that the processes use may read no table outside such a transaction, so a
 * forgotten door is an error and never a leak. API and activities call it; it knows the pure records of
 * {@link dev.berth.domain} and nothing above.
 */
@NullMarked
package dev.berth.store;

import org.jspecify.annotations.NullMarked;
