/**
 * Connections that Berth opens because a tenant named a host: repositories, webhooks, identity providers, notifications.
 *
 * <p>{@link dev.berth.outbound.AddressGuard} judges a host's addresses; {@link dev.berth.outbound.AdmittedSocket} and {@link
 * dev.berth.outbound.AdmittedRelay} connect to what it admitted and to nothing else. A redirect is a new host: whoever follows
 * one asks again. API and adapters call it; it knows nobody but {@code domain}.
 */
@NullMarked
package dev.berth.outbound;

import org.jspecify.annotations.NullMarked;
