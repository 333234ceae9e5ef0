/**
 * From a repository's URL to the files of one commit, without trusting either.
 *
 * <p>{@link dev.berth.activities.git.GitSource} is the door: it finds the commit that a branch names and writes that commit's
 * files into a folder. Every connection goes through {@link dev.berth.outbound.AddressGuard}, so a tenant cannot make
 * Berth fetch from inside its own network. Only the source steps call it.
 */
@NullMarked
package dev.berth.activities.git;

import org.jspecify.annotations.NullMarked;
