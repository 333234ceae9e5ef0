import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ClipboardEvent } from "react";
import { Panel } from "../ui/panel";
import { envRow, parseEnv } from "./env-values";
import type { ServiceForm } from "./service-fields";
import classes from "./service-fields.module.css";

/** The environment as rows; lines of a `.env` file may be pasted into any name. */
export function EnvFields({ form }: { form: ServiceForm }) {
  const paste = (event: ClipboardEvent, index: number) => {
    const rows = parseEnv(event.clipboardData.getData("text"));
    if (rows.length === 0) {
      return;
    }
    event.preventDefault();
    const before = form.values.env.slice(0, index);
    const after = form.values.env.slice(index + 1);
    form.setFieldValue("env", [...before, ...rows, ...after]);
  };

  return (
    <Panel
      title="Environment"
      aside={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.insertListItem("env", envRow())}
        >
          Add variable
        </Button>
      }
    >
      <p className={classes.hint}>
        {form.values.env.length === 0
          ? "No variables. Berth sets PORT itself."
          : "Paste a whole .env file into a name. Berth sets PORT itself."}
      </p>
      {form.values.env.length > 0 && (
        <div className={classes.rows}>
          {form.values.env.map((row, index) => (
            <div key={row.key} className={classes.row}>
              <TextInput
                aria-label={`Name of variable ${index + 1}`}
                placeholder="NAME"
                spellCheck={false}
                autoCapitalize="off"
                onPaste={(event) => paste(event, index)}
                {...form.getInputProps(`env.${index}.name`)}
              />
              <TextInput
                aria-label={`Value of ${row.name || `variable ${index + 1}`}`}
                placeholder="value"
                spellCheck={false}
                autoComplete="off"
                {...form.getInputProps(`env.${index}.value`)}
              />
              <ActionIcon
                className={classes.remove}
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={`Remove ${row.name || `variable ${index + 1}`}`}
                onClick={() => form.removeListItem("env", index)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}
