/**
 * Recognises apps: from the files of a checkout to a plan that says how one is built and started.
 *
 * <p>Pure: a {@link dev.berth.domain.plan.SourceTree} goes in, a {@link dev.berth.domain.plan.BuildPlan} or a failure with a
 * suggestion comes out. The builder calls it; the console shows its result.
 */
@NullMarked
package dev.berth.domain.plan;

import org.jspecify.annotations.NullMarked;
