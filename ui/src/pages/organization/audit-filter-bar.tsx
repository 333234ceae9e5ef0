import { Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useOrganization } from "../../access/use-organization";
import { type AuditFilter, allMembersQuery } from "../../api/access-queries";
import type { AuditEvent, AuditOutcome } from "../../api/access-types";
import { useWhole } from "../../api/paged";
import { knownActions } from "../../components/audit-words";
import { statusWord } from "../../util/status";
import { useTextInUrl } from "../../util/use-text-in-url";
import classes from "./audit-filter-bar.module.css";

const outcomes: AuditOutcome[] = ["requested", "succeeded", "failed", "refused"];

/** What to show of the log; all of it lives in the URL, so that a view can be linked. */
export function AuditFilterBar({ events }: { events: AuditEvent[] }) {
  const filter = useSearch({ from: "/console/organization/audit" });
  const navigate = useNavigate({ from: "/organization/audit" });
  const { id } = useOrganization();
  const members = useWhole(allMembersQuery(id));

  const set = (change: AuditFilter) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const action = useTextInUrl(filter.action ?? "", (value) => set({ action: value || undefined }), 300);
  const filtered = Object.values(filter).some(Boolean);

  return (
    <search className={classes.bar}>
      <Autocomplete
        className={classes.field}
        label="Action"
        placeholder="Any, such as service.deploy"
        data={[...new Set([...knownActions, ...events.map((event) => event.action)])].sort()}
        value={action.text}
        onChange={action.change}
      />
      <Select
        className={classes.field}
        label="Outcome"
        placeholder="Any"
        clearable
        clearButtonProps={{ "aria-label": "Any outcome" }}
        data={outcomes.map((value) => ({ value, label: statusWord(value) }))}
        value={filter.outcome ?? null}
        onChange={(value) => set({ outcome: (value as AuditOutcome | null) ?? undefined })}
      />
      <Select
        className={classes.field}
        label="Who"
        placeholder="Anybody"
        clearable
        searchable
        clearButtonProps={{ "aria-label": "Anybody" }}
        nothingFoundMessage="Nobody has this name"
        data={actors(members, events)}
        value={filter.actor ?? null}
        onChange={(value) => set({ actor: value ?? undefined })}
      />
      <TextInput
        className={classes.day}
        label="From"
        type="date"
        max={filter.to}
        value={filter.from ?? ""}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        className={classes.day}
        label="To"
        type="date"
        min={filter.from}
        value={filter.to ?? ""}
        onChange={(event) => set({ to: event.currentTarget.value || undefined })}
      />
      <Button
        variant="subtle"
        color="gray"
        disabled={!filtered}
        onClick={() => {
          action.clear();
          navigate({ search: {}, replace: true });
        }}
      >
        Clear
      </Button>
    </search>
  );
}

/** Members, and whoever else did something on the page: tokens, people who left. */
function actors(members: { userId: string; email: string }[], events: AuditEvent[]) {
  const found = new Map(members.map(({ userId, email }) => [userId, email]));
  for (const { actor } of events) {
    if (actor.id && !found.has(actor.id)) {
      found.set(actor.id, actor.kind === "token" ? `${actor.name} (token)` : actor.name);
    }
  }
  return [...found].map(([value, label]) => ({ value, label }));
}
