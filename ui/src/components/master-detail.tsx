import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./master-detail.module.css";

interface Props {
  list: ReactNode;
  detail: ReactNode;
  /** Whether the reader picked one: on a narrow screen only the list or only the detail is there. */
  picked: boolean;
  /** What leads back to the list there. */
  back: string;
  onBack: () => void;
}

export function MasterDetail({ list, detail, picked, back, onBack }: Props) {
  return (
    <div className={classes.split} data-picked={picked || undefined}>
      <div className={classes.list}>{list}</div>
      <div className={classes.detail}>
        <Button
          className={classes.back}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={15} />}
          onClick={onBack}
        >
          {back}
        </Button>
        {detail}
      </div>
    </div>
  );
}
