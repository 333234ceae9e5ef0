/**
 * The demonstration: a Git repository served on this machine, deployed through the HTTP API as a user would, with every
 * promise checked on the way. It knows the stack by its addresses only.
 */
@NullMarked
package dev.berth.local.demo;

import org.jspecify.annotations.NullMarked;
