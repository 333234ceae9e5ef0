/**
 * How Berth speaks HTTP, whatever the endpoint: strict JSON, problems instead of error pages, limits, turns, pages of lists.
 *
 * <p>Controllers throw {@link dev.berth.api.http.ProblemException} or let domain exceptions pass; everything else here works
 * by itself. It knows no endpoint.
 */
@NullMarked
package dev.berth.api.http;

import org.jspecify.annotations.NullMarked;
