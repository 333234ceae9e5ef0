/**
 * Who may ask what: tokens, sessions, roles, the filter chain and the security headers.
 *
 * <p>Controllers take a {@link dev.berth.store.Caller} and nothing else from here; the organisation in it is the one
 * that they pass to the store.
 */
@NullMarked
package dev.berth.api.access;

import org.jspecify.annotations.NullMarked;
