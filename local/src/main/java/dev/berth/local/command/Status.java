package dev.berth.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.activities.firewall.FirewallReport;
import dev.berth.local.Folders;
import dev.berth.local.PortTable;
import dev.berth.local.engine.HostFirewall;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.PartState;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** {@code status [--json]}: what is seen now, whether a supervisor runs or not. */
public final class Status {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Addresses addresses;
    private final RunFolder folder;
    private final Path report;
    private final PrintStream out;

    public Status(Folders folders, PortTable ports, PrintStream out) {
        this.addresses = Addresses.of(ports);
        this.folder = new RunFolder(folders.run());
        this.report = HostFirewall.report(folders);
        this.out = out;
    }

    public int table() {
        for (String name : Stack.NAMES) {
            RunRecord record = seen(name);
            out.printf(
                    "%-15s  %-12s  %8s  %s%n",
                    name,
                    record.state().word(),
                    record.identity()
                            .map(identity -> Long.toString(identity.pid()))
                            .orElse("-"),
                    record.detail());
        }
        out.printf(
                "%napi       %s%nconsole   %s%nedge      %s%ntemporal  %s%n",
                addresses.api(), addresses.console(), addresses.edge(), addresses.temporalUi());
        FirewallReport.read(report)
                .filter(seen -> seen.repairs() > 0 || seen.failure().isPresent())
                .ifPresent(seen -> out.println("\nfirewall: " + seen.words()));
        if (folder.supervisor().isEmpty()) {
            out.println("\nNobody supervises this stack; ./berth up does.");
        }
        return 0;
    }

    public int json() throws IOException {
        ObjectNode node = JSON.createObjectNode()
                .put("api", addresses.api())
                .put("edge", addresses.edge())
                .put("console", addresses.console())
                .put("temporalUi", addresses.temporalUi());
        folder.supervisor()
                .ifPresentOrElse(
                        supervisor -> node.put("supervisor", supervisor.pid()), () -> node.putNull("supervisor"));
        ObjectNode parts = node.putObject("parts");
        for (String name : Stack.NAMES) {
            RunRecord record = seen(name);
            ObjectNode part = parts.putObject(name).put("state", record.state().word());
            record.identity().ifPresentOrElse(identity -> part.put("pid", identity.pid()), () -> part.putNull("pid"));
            part.put("name", name).put("restarts", record.restarts()).put("detail", record.detail());
        }
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        return 0;
    }

    /** The record, corrected by what /proc says. */
    private RunRecord seen(String name) {
        RunRecord record = folder.record(name);
        boolean alive = record.identity().filter(ProcessIdentity::alive).isPresent();
        if (alive || record.identity().isEmpty()) {
            boolean unwatched = !alive && folder.supervisor().isEmpty();
            return unwatched && record.state() != PartState.HELD ? record.ended(PartState.STOPPED, "") : record;
        }
        return record.ended(PartState.STOPPED, "its process has ended");
    }
}
