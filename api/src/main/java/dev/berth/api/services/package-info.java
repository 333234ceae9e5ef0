/** Services: create, list, change, delete. Their configuration only; what runs is in {@code work}. */
@NullMarked
package dev.berth.api.services;

import org.jspecify.annotations.NullMarked;
