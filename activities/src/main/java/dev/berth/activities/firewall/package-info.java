/**
 * What containers may reach on their host and beyond it: nothing of the host, the public Internet, and no private or
 * link-local address.
 *
 * <p>{@link dev.berth.activities.firewall.FirewallPlan} says it as rules, {@link
 * dev.berth.activities.firewall.FirewallChange} compares them with what the kernel has, both pure; {@link
 * dev.berth.activities.firewall.Firewall} reads and writes through the {@code iptables} commands and needs root; {@link
 * dev.berth.activities.firewall.FirewallKeeper} does so every few seconds and tells what it found. It runs in the process that
 * owns a host: the launcher on one machine, a process of its own elsewhere. Needs no Spring and no Temporal.
 */
@NullMarked
package dev.berth.activities.firewall;

import org.jspecify.annotations.NullMarked;
