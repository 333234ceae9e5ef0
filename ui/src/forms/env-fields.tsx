import { ActionIcon, Button, Input, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ClipboardEvent } from "react";
import { Panel } from "../ui/panel";
import { envRow } from "./env-values";
import { parseEnv, pasteInto } from "./parse-env";
import type { ServiceForm } from "./service-fields";
import classes from "./service-fields.module.css";
import { titles } from "./service-titles";

/** The environment as rows; lines of a `.env` file may be pasted into any name. */
export function EnvFields({ form }: { form: ServiceForm }) {
  const paste = (event: ClipboardEvent, index: number) => {
    const rows = parseEnv(event.clipboardData.getData("text"));
    if (rows.length === 0) {
      return;
    }
    event.preventDefault();
    form.setErrors(withoutRows(form.errors));
    form.setFieldValue("env", pasteInto(form.values.env, index, rows));
  };

  return (
    <Panel
      title={titles.env}
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
        <div className={classes.rows} data-path="env">
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
              <Textarea
                aria-label={`Value of ${row.name || `variable ${index + 1}`}`}
                placeholder="value"
                spellCheck={false}
                autoComplete="off"
                autosize
                minRows={1}
                maxRows={8}
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
      {form.errors.env && <Input.Error mt={8}>{form.errors.env}</Input.Error>}
    </Panel>
  );
}

/** Rows that moved would be marked for what others hold. */
const withoutRows = (errors: ServiceForm["errors"]) =>
  Object.fromEntries(Object.entries(errors).filter(([path]) => !path.startsWith("env.")));
