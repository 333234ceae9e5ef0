/**
 * How the API keeps in the database what the database must not be able to read. Knows no rows and no requests; whoever seals
 * says for what purpose and what a value is bound to.
 */
@NullMarked
package dev.berth.api.seal;

import org.jspecify.annotations.NullMarked;
