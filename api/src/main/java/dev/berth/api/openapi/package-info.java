/** The API's own description: OpenAPI 3.1, generated from the controllers, served, and kept in {@code openapi.json}. */
@NullMarked
package dev.berth.api.openapi;

import org.jspecify.annotations.NullMarked;
