/**
 * How values travel through Temporal: as JSON that tolerates what it does not know, sealed with Berth's own key, never large.
 *
 * <p>Every process that talks to Temporal (the API's client and the Temporal worker) takes its converter from {@link
 * dev.berth.workflows.payload.Payloads}; workflows themselves never see this package.
 */
@NullMarked
package dev.berth.workflows.payload;

import org.jspecify.annotations.NullMarked;
