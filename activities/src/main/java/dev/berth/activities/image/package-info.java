/**
 * From a store path to a container image, without a container engine.
 *
 * <p>{@link dev.berth.activities.image.ImagePacker} turns a closure into layers, a configuration and a manifest whose bytes
 * depend on the closure alone; {@link dev.berth.activities.image.LayerCache} keeps layers, so that what did not change is not
 * even read. Only the image steps call them.
 */
@NullMarked
package dev.berth.activities.image;

import org.jspecify.annotations.NullMarked;
