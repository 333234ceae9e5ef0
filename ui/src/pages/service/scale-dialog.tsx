import { Button, Group, Modal, NumberInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { type FormEvent, useState } from "react";
import { type Intent, useIntents } from "../../api/intent";
import type { Service } from "../../api/types";
import { RefusalNotice } from "../../ui/refusal-notice";

/** The most replicas that the API takes. */
const most = 100;

type Ask = (replicas: number, intent: Intent) => Promise<unknown>;

/** Asks how many replicas a service shall have. The dialog stays and shows the problem where `ask` throws. */
export function askForReplicas(service: Service, ask: Ask) {
  const id = modals.open({
    withCloseButton: false,
    padding: "lg",
    children: <Scale service={service} ask={ask} onDone={() => modals.close(id)} />,
  });
}

/** Why this is no number of replicas to ask for; undefined where it is one. */
export function replicasRefusal(value: number | string, present: number): string | undefined {
  const count = Number(value);
  if (value === "" || !Number.isInteger(count) || count < 1 || count > most) {
    return `A whole number from 1 to ${most}`;
  }
  return count === present ? "It has as many already." : undefined;
}

function Scale({ service, ask, onDone }: { service: Service; ask: Ask; onDone: () => void }) {
  const [value, setValue] = useState<number | string>(service.replicas);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const intents = useIntents();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const refusal = replicasRefusal(value, service.replicas);
    setWrong(refusal);
    if (refusal || busy) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await ask(Number(value), intents.of(value));
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Modal.Title fw={600} mb="xs">
        Scale {service.name}
      </Modal.Title>
      <NumberInput
        mb="md"
        label="Replicas"
        description={
          service.status === "stopped"
            ? "It is stopped: the number counts from the next start."
            : "What serves goes on serving. Replicas that do not get healthy are taken back."
        }
        min={1}
        max={most}
        clampBehavior="none"
        allowDecimal={false}
        value={value}
        error={wrong}
        onChange={(next) => {
          setValue(next);
          setWrong(undefined);
        }}
        data-autofocus
      />
      {error !== undefined && <RefusalNotice error={error} />}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          Scale
        </Button>
      </Group>
    </form>
  );
}
