/**
 * Speaks with the image registry over its HTTP interface: what is there, what is missing, push, tag, untag.
 *
 * <p>{@link dev.berth.activities.registry.RegistryClient} knows the protocol; {@link
 * dev.berth.activities.registry.ImagePusher} brings an image over with as few bytes as possible. Steps of builds, of
 * deployments (is the image still there?) and of deletions call them. The registry is the platform's own: what goes wrong here
 * is its operator's, except a full disk.
 */
@NullMarked
package dev.berth.activities.registry;

import org.jspecify.annotations.NullMarked;
