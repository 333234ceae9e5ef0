/** What the suites over the whole contract share: the committed document, samples of its requests, and one of everything to ask for. */
@NullMarked
package dev.berth.api.contract;

import org.jspecify.annotations.NullMarked;
