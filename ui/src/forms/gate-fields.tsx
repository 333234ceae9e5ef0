import { ActionIcon, Checkbox, Input, Select, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useId } from "react";
import { useRefusal } from "../access/use-refusal";
import { ActionButton } from "../ui/action-button";
import { Panel } from "../ui/panel";
import classes from "./gate-fields.module.css";
import { closingNote, mostWindows, timeZones, type WindowRow, weekdays, windowRow } from "./gate-values";
import type { ServiceForm } from "./service-fields";
import { titles } from "./service-titles";

/** What a new version has to pass before it is started: an admin, and the times of the week. Admins alone change it. */
export function GateFields({ form, serviceId }: { form: ServiceForm; serviceId: string | undefined }) {
  const refused = useRefusal("administer", serviceId);
  const reasonId = useId();
  const locked = refused !== undefined;
  const { deployWindows, deployWindowZone } = form.values;
  const full = deployWindows.length < mostWindows ? undefined : `There are ${mostWindows} at most.`;
  return (
    <Panel
      title="Gates"
      aside={
        <ActionButton
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          disabledReason={refused ?? full}
          onClick={() => form.insertListItem("deployWindows", windowRow())}
        >
          Add window
        </ActionButton>
      }
    >
      <div className={classes.gates}>
        {refused && (
          <p id={reasonId} className={classes.refused}>
            {refused}
          </p>
        )}
        <Switch
          label={titles.approvalRequired}
          // Mantine's label holds the description too.
          aria-label={titles.approvalRequired}
          description="It is built, then waits for that. Roll-backs, restarts and starts do not."
          disabled={locked}
          aria-describedby={locked ? reasonId : undefined}
          {...form.getInputProps("approvalRequired", { type: "checkbox" })}
        />
        <Input.Wrapper
          label={titles.deployWindows}
          data-path="deployWindows"
          labelElement="div"
          description={
            deployWindows.length === 0
              ? "None: a new version is started at any time."
              : "A new version is started in one of them only; outside of them it is built and waits."
          }
          error={form.errors.deployWindows}
        >
          {deployWindows.map((row, index) => (
            <WindowFields key={row.key} form={form} row={row} index={index} locked={locked} />
          ))}
        </Input.Wrapper>
        {deployWindows.length > 0 && (
          <Select
            className={classes.zone}
            label={titles.deployWindowZone}
            searchable
            allowDeselect={false}
            limit={50}
            nothingFoundMessage="No time zone has this name"
            data={timeZones(deployWindowZone)}
            disabled={locked}
            {...form.getInputProps("deployWindowZone")}
          />
        )}
      </div>
    </Panel>
  );
}

interface WindowProps {
  form: ServiceForm;
  row: WindowRow;
  index: number;
  locked: boolean;
}

function WindowFields({ form, row, index, locked }: WindowProps) {
  const title = `Window ${index + 1}`;
  const field = (part: string) => form.getInputProps(`deployWindows.${index}.${part}`);
  return (
    <fieldset className={classes.window} aria-label={title}>
      <Checkbox.Group label="Days" disabled={locked} {...field("days")}>
        <div className={classes.days}>
          {weekdays.map((day) => (
            <Checkbox
              key={day}
              size="xs"
              value={day}
              label={wordOf(day).slice(0, 3)}
              aria-label={wordOf(day)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.times}>
        <TextInput type="time" label="From" disabled={locked} {...field("from")} />
        <TextInput type="time" label="Until" disabled={locked} {...field("until")} />
        <span className={classes.note}>{closingNote(row)}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`Remove window ${index + 1}`}
          disabled={locked}
          onClick={() => form.removeListItem("deployWindows", index)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
    </fieldset>
  );
}

const wordOf = (day: string) => day.charAt(0).toUpperCase() + day.slice(1);
