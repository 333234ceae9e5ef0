/**
 * The Temporal worker process: it polls the three task queues and does all that Berth does by itself.
 *
 * <p>{@link dev.berth.workers.Wiring} puts adapters together, {@link dev.berth.workers.PlainWords} names the
 * platform's own trouble, {@link dev.berth.workers.StepJournal} writes down every attempt,
 * {@link dev.berth.workers.Turns} gives each organisation its share of what waits, {@link dev.berth.workers.LifeSigns} says that
 * the process lives, {@link dev.berth.workers.WakeSweep} finds work that nobody was told of. Nothing calls this package; any number
 * of these processes may run beside one another.
 *
 * <p>The jar holds three more processes: {@link dev.berth.workers.FirewallProcess} for every host, and two that do one thing and
 * end: {@link dev.berth.workers.MigrationProcess} brings the database to this version, {@link
 * dev.berth.workers.FirstAdminProcess} prints the first admin's link.
 */
@NullMarked
package dev.berth.workers;

import org.jspecify.annotations.NullMarked;
