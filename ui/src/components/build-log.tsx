import { Button, Switch } from "@mantine/core";
import { IconArrowDown, IconDownload } from "@tabler/icons-react";
import Anser from "anser";
import { memo, useRef, useState } from "react";
import { Virtuoso, type VirtuosoHandle } from "react-virtuoso";
import { buildLogPath } from "../api/queries";
import { Panel } from "../ui/panel";
import { saveAs } from "../ui/save-as";
import { StatusBadge } from "../ui/status-badge";
import { formatTime } from "../util/format";
import classes from "./build-log.module.css";
import { type LogLine, useLogStream } from "./log-stream";

interface Props {
  serviceId: string;
  buildId: string;
}

const words = {
  open: { tone: "busy", word: "Live" },
  waiting: { tone: "warn", word: "Reconnecting" },
  ended: { tone: "idle", word: "Complete" },
} as const;

/** The log of one build while it is written and afterwards. */
export function BuildLog({ serviceId, buildId }: Props) {
  const path = buildLogPath(serviceId, buildId);
  const { lines, connection, dropped } = useLogStream(path);
  const [follow, setFollow] = useState(true);
  const list = useRef<VirtuosoHandle>(null);

  const toEnd = () => {
    setFollow(true);
    list.current?.scrollToIndex({ index: "LAST", align: "end" });
  };

  return (
    <Panel
      title="Build log"
      flush
      aside={
        <>
          <StatusBadge plain {...words[connection]} />
          {connection !== "ended" && (
            <Switch
              size="xs"
              label="Follow"
              checked={follow}
              onChange={(event) => (event.currentTarget.checked ? toEnd() : setFollow(false))}
            />
          )}
          <Button
            onClick={() => saveAs(path, `build-${buildId}.log`)}
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconDownload size={14} />}
          >
            Download
          </Button>
        </>
      }
    >
      {dropped > 0 && (
        <p className={classes.dropped}>
          The first {dropped.toLocaleString("en")} lines are not shown. Download the log to read them.
        </p>
      )}
      {/* Live regions off: a build writes faster than anybody can be read to. */}
      <div className={classes.log} role="log" aria-label="Build log" aria-live="off">
        {lines.length === 0 ? (
          <p className={classes.nothing}>
            {connection === "ended" ? "This build wrote nothing." : "Waiting for the first line…"}
          </p>
        ) : (
          <Virtuoso
            ref={list}
            data={lines}
            tabIndex={0}
            role="group"
            aria-label="Lines of the build log"
            className={classes.lines}
            computeItemKey={(_, line) => line.line}
            increaseViewportBy={400}
            initialTopMostItemIndex={Math.max(0, lines.length - 1)}
            followOutput={follow ? "auto" : false}
            atBottomThreshold={24}
            atBottomStateChange={(atBottom) => atBottom && connection === "open" && setFollow(true)}
            onWheel={(event) => event.deltaY < 0 && setFollow(false)}
            onKeyDown={(event) => ["PageUp", "ArrowUp", "Home"].includes(event.key) && setFollow(false)}
            components={{ Header: Margin, Footer: Margin }}
            itemContent={(_, line) => <Line line={line} />}
          />
        )}
        {!follow && connection === "open" && (
          <Button
            className={classes.jump}
            size="compact-xs"
            leftSection={<IconArrowDown size={14} />}
            onClick={toEnd}
          >
            Newest lines
          </Button>
        )}
      </div>
    </Panel>
  );
}

const Margin = () => <div className={classes.margin} />;

const Line = memo(function Line({ line }: { line: LogLine }) {
  return (
    <div className={classes.line} title={formatTime(line.at)}>
      <span className={classes.number} aria-hidden="true">
        {line.line}
      </span>
      <span className={classes.text}>
        {Anser.ansiToJson(line.text, { use_classes: true, remove_empty: true }).map((token, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line never change
          <span key={index} className={tokenClasses(token)}>
            {token.content}
          </span>
        ))}
      </span>
    </div>
  );
});

/** Only names of this file: a log cannot reach any other class of the page. */
function tokenClasses(token: { fg: string | null; decorations: string[] }): string {
  return [token.fg, ...token.decorations]
    .map((name) => (name ? classes[name] : undefined))
    .filter(Boolean)
    .join(" ");
}
