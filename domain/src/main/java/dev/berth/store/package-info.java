/**
 * The rows: one record and one repository per table, and the two doors to them.
 *
 * <p>{@link dev.berth.store.Tenancy} opens a transaction either for one organisation or for the platform; the repositories
 * are stateless and work inside one. The login that the processes use may read nothing outside such a transaction, so a
 * forgotten door is an error and never a leak. API and activities call it; it knows the pure records of
 * {@link dev.berth.domain} and nothing above.
 */
@NullMarked
package dev.berth.store;

import org.jspecify.annotations.NullMarked;
