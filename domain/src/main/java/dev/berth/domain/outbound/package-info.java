/** Which addresses are the public Internet's, as pure rules. Both the guard and the hosts' packet filter read them. */
@NullMarked
package dev.berth.domain.outbound;

import org.jspecify.annotations.NullMarked;
