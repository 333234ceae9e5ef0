/**
 * Who may ask what: tokens, sessions, roles, the filter chain and the security headers.
 *
 * <p>Controllers take a {@link dev.berth.store.Caller} and nothing else from here; the organisation in it is the one
 * that they pass to the store. What is answered for minutes asks {@link dev.berth.api.access.StillAllowed} meanwhile.
 *
 * <p>Whom a token was before is a guess that spares a read its question: {@code CallerFilter} makes it, the read confirms it, and
 * {@code PermissionCheck}, {@code SecondLook} and {@code ConfirmedAnswer} see to it that nothing is done or said for it until then.
 */
@NullMarked
package dev.berth.api.access;

import org.jspecify.annotations.NullMarked;
