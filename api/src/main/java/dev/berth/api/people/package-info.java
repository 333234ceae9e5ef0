/**
 * People: how they sign in and out, their passwords, second factors and sessions, how they come by an account, and what the
 * platform's admins see of them.
 */
@NullMarked
package dev.berth.api.people;

import org.jspecify.annotations.NullMarked;
