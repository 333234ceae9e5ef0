/**
 * REST, server-sent events and authentication; serves the console.
 *
 * <p>A controller parses, asks one use case, answers. Rows are the truth: a request that starts work writes rows, commits, and
 * then wakes the service's workflow as well as it can. Nobody calls this module.
 */
@NullMarked
package dev.berth.api;

import org.jspecify.annotations.NullMarked;
