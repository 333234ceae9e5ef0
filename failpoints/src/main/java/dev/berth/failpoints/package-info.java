/**
 * Points at which a process of a test stack waits until it is killed or let go: before and after every activity, and before and
 * after a service's workflow is woken. A test names one in a folder ({@link dev.berth.failpoints.Failpoint}); the process that
 * comes there first waits.
 *
 * <p>Only the launcher of a test stack puts this jar beside the processes' own, and nothing depends on it but tests.
 */
@NullMarked
package dev.berth.failpoints;

import org.jspecify.annotations.NullMarked;
