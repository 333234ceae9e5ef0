import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { type FormEvent, type ReactNode, useState } from "react";
import { type Intent, useIntents } from "../api/intent";
import classes from "./confirm.module.css";
import { focusInDialog } from "./focus-in-dialog";
import { RefusalNotice } from "./refusal-notice";

interface Question {
  title: string;
  text: ReactNode;
  /** The verb on the button. */
  action: string;
  /** On the button that leaves it as it is. */
  dismiss?: string;
  /** For what cannot be undone: a red button that waits for this word. */
  typed?: string;
  /** Keeps the dialog open and shows the problem where it throws. A dialog is one intent, however often it is confirmed. */
  onConfirm: (intent: Intent) => Promise<unknown>;
  /** However the dialog went away. */
  onClose?: () => void;
}

/** The one way to ask before something happens to a service. */
export function confirmAction(question: Question) {
  const draw = (progress: Progress) => (
    <Confirmation
      {...question}
      {...progress}
      onProgress={(next) => modals.updateModal({ modalId: id, children: draw(next) })}
      onDone={() => modals.close(id)}
    />
  );
  const id = modals.open({
    // Mantine's own head is a second banner on the page; the title below names the dialog all the same.
    withCloseButton: false,
    padding: "lg",
    ...(question.onClose ? { onClose: question.onClose } : {}),
    children: draw({ busy: false }),
  });
}

/**
 * Whether the person wants it. The question takes the place of any other: one whose action leads away waits for the answer, and
 * would stay busy for ever where that is no.
 */
export function confirmed(question: Omit<Question, "onConfirm" | "onClose">): Promise<boolean> {
  modals.closeAll();
  return new Promise((resolve) => {
    let agreed = false;
    confirmAction({
      ...question,
      onConfirm: async () => {
        agreed = true;
      },
      onClose: () => resolve(agreed),
    });
  });
}

/** Kept by the dialog and not by what it shows: another dialog may take its place meanwhile, and ask to sign in again. */
interface Progress {
  busy: boolean;
  error?: unknown;
}

interface Props extends Question, Progress {
  onProgress: (next: Progress) => void;
  onDone: () => void;
}

function Confirmation(props: Props) {
  const {
    title,
    text,
    action,
    dismiss = "Cancel",
    typed,
    onConfirm,
    busy,
    error,
    onProgress,
    onDone,
  } = props;
  const [word, setWord] = useState("");
  const intents = useIntents();
  const ready = !typed || word === typed;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) {
      return;
    }
    onProgress({ busy: true });
    try {
      await onConfirm(intents.of(title));
      onDone();
    } catch (failure) {
      onProgress({ busy: false, error: failure });
    }
  };

  return (
    <form onSubmit={submit}>
      <Modal.Title className={classes.title}>{title}</Modal.Title>
      <Text component="div" size="sm" mb="md">
        {text}
      </Text>
      {typed && (
        <TextInput
          mb="md"
          label={
            <>
              Type <span className="mono">{typed}</span> to confirm
            </>
          }
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          ref={focusInDialog}
        />
      )}
      {error !== undefined && <RefusalNotice error={error} />}
      {/* A button that is busy loses the focus, and takes none: it gets it when it can be pressed again. */}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onDone}>
          {dismiss}
        </Button>
        <Button
          type="submit"
          loading={busy}
          disabled={!ready}
          {...(typed ? { color: "red" } : { "data-autofocus": true, ref: busy ? undefined : focusInDialog })}
        >
          {action}
        </Button>
      </Group>
    </form>
  );
}
