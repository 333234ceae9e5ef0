import { Button, CloseButton, Drawer } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useOrganization } from "../../access/use-organization";
import { useRefusal } from "../../access/use-refusal";
import { auditExportPath, auditQuery, auditVerificationQuery } from "../../api/access-queries";
import type { AuditEvent } from "../../api/access-types";
import { itemsOf } from "../../api/paged";
import { AuditDetail } from "../../components/audit-detail";
import { auditWords, outcomeTone } from "../../components/audit-words";
import { ActionButton } from "../../ui/action-button";
import { DataTable, TwoLines } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import classes from "../../ui/form.module.css";
import { Notice } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { StatusBadge } from "../../ui/status-badge";
import { Unread } from "../../ui/unread";
import { formatTime } from "../../util/format";
import { statusWord } from "../../util/status";
import { AuditFilterBar } from "./audit-filter-bar";

export function AuditTab() {
  const refused = useRefusal("administer");
  return refused ? (
    <Panel
      title="Audit log"
      aside={
        <ActionButton variant="default" size="compact-sm" disabledReason={refused}>
          Export
        </ActionButton>
      }
      flush
    >
      <EmptyState title="You do not see the audit log">
        <p>{refused}</p>
      </EmptyState>
    </Panel>
  ) : (
    <Audit />
  );
}

function Audit() {
  const { id } = useOrganization();
  const filter = useSearch({ from: "/console/organization/audit" });
  const query = useInfiniteQuery(auditQuery(id, filter));
  const [open, setOpen] = useState<AuditEvent>();
  const events = itemsOf(query.data);
  return (
    <div className={classes.stack}>
      <AuditFilterBar events={events} />
      <Panel
        title="Audit log"
        aside={
          <>
            <Verified />
            <Button
              component="a"
              href={auditExportPath(id)}
              download="audit.ndjson"
              variant="default"
              size="compact-sm"
              leftSection={<IconDownload size={14} />}
            >
              Export
            </Button>
          </>
        }
        flush
      >
        <Unread query={query} />
        {query.data && events.length === 0 && (
          <EmptyState title="No event matches">
            <p>Nothing of this kind was done here in this time.</p>
          </EmptyState>
        )}
        {events.length > 0 && <Events events={events} onOpen={setOpen} />}
      </Panel>
      <ShowMore query={query} label="Show older" />
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="md"
        // Mantine's own head is a second banner on the page.
        withCloseButton={false}
      >
        {open && (
          <>
            <div className={classes.drawerHead}>
              <Drawer.Title className={classes.drawerTitle}>{auditWords(open)}</Drawer.Title>
              <CloseButton aria-label="Close" onClick={() => setOpen(undefined)} />
            </div>
            <AuditDetail event={open} />
          </>
        )}
      </Drawer>
    </div>
  );
}

function Events({ events, onOpen }: { events: AuditEvent[]; onOpen: (event: AuditEvent) => void }) {
  return (
    <DataTable
      label="Events"
      rows={events}
      keyOf={({ id }) => id}
      columns={[
        { header: "What", cell: (event) => <TwoLines main={auditWords(event)} sub={event.subject.name} /> },
        {
          header: "Who",
          cell: ({ actor }) => <TwoLines main={actor.name} sub={actor.address ?? actor.kind} />,
        },
        {
          header: "Outcome",
          tight: true,
          cell: ({ outcome }) => <StatusBadge plain tone={outcomeTone[outcome]} word={statusWord(outcome)} />,
        },
        {
          header: "When",
          tight: true,
          cell: ({ at }) => <time dateTime={at}>{formatTime(at)}</time>,
        },
        {
          header: "Actions",
          actions: true,
          cell: (event) => (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`Details of event ${event.sequence}`}
              onClick={() => onOpen(event)}
            >
              Details
            </Button>
          ),
        },
      ]}
    />
  );
}

/** Whether the log is as it was written: its events are chained by their hashes. */
function Verified() {
  const { id } = useOrganization();
  const { data: verdict } = useQuery(auditVerificationQuery(id));
  if (!verdict) {
    return null;
  }
  return verdict.intact ? (
    <StatusBadge plain tone="ok" word={`Verified: ${verdict.events.toLocaleString("en")} events intact`} />
  ) : (
    <Notice tone="bad" title={`Event ${verdict.firstBroken} is not as it was written`} />
  );
}
