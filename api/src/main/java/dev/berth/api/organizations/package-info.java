/** Organisations: who belongs to one and as what, whom it invites, its tokens and the grants for single services. */
@NullMarked
package dev.berth.api.organizations;

import org.jspecify.annotations.NullMarked;
