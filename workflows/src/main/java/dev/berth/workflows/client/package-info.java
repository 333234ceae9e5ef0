/**
 * How a process outside a workflow asks for work: by a wake-up that starts the service's workflow where none runs.
 *
 * <p>The API calls it after the commit of an operation, the wake sweep for operations that nobody took.
 */
@NullMarked
package dev.berth.workflows.client;

import org.jspecify.annotations.NullMarked;
