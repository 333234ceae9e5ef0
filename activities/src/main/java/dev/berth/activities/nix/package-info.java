/**
 * From a checkout to a path in Berth's own Nix store: fetches what lock files and pins name, evaluates the plan's expression,
 * builds it in the sandbox.
 *
 * <p>{@link dev.berth.activities.nix.NixBuilds} is what Temporal calls; the parts below it take a {@link
 * dev.berth.activities.Pulse} and plain values, so they also run outside an activity. What a repository says is untrusted
 * throughout: it reaches Nix as data on a command line and never as text of an expression or of a shell script. The image
 * packer reads closures through {@link dev.berth.activities.nix.NixStore}.
 */
@NullMarked
package dev.berth.activities.nix;

import org.jspecify.annotations.NullMarked;
