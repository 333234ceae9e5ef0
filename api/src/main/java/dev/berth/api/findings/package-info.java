/** What reconciling found and only a person can judge, for the platform's admins. */
@NullMarked
package dev.berth.api.findings;

import org.jspecify.annotations.NullMarked;
