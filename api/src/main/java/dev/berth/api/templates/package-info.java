/** Templates: what services can be made from. */
@NullMarked
package dev.berth.api.templates;

import org.jspecify.annotations.NullMarked;
