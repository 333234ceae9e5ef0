import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./shown-once.module.css";

interface Props {
  /** What it is: “token”, “link”. */
  label: string;
  /** One line, or several. */
  value: string;
}

/** A secret that the API tells once, with a button that copies it. */
export function ShownOnce({ label, value }: Props) {
  return (
    <div className={classes.box}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={`The ${label}`}>
        <pre className={classes.value}>{value}</pre>
      </section>
      <CopyButton value={value} timeout={2_000}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-sm"
            className={classes.copy}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
          >
            {copied ? "Copied" : `Copy ${label}`}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
