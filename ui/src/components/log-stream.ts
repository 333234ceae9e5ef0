import { useEffect, useState } from "react";
import { readEvents } from "./event-stream";

export interface LogLine {
  line: number;
  at: string;
  text: string;
}

export interface LogState {
  lines: LogLine[];
  /** `waiting` = the stream broke and is being resumed. */
  connection: "open" | "waiting" | "ended";
  /** How many of the oldest lines were let go to keep the page light. */
  dropped: number;
}

/** What a browser holds of one log; the whole of it is a download away. */
const lineLimit = 20_000;
const firstRetry = 500;
const longestRetry = 10_000;

const empty: LogState = { lines: [], connection: "open", dropped: 0 };

/**
 * The lines of a build's log as they are written. Lines are gathered and shown once per frame; a broken stream is resumed
 * after the last line that arrived, so none is shown twice.
 *
 * @param path of the log, without `/stream`
 */
export function useLogStream(path: string): LogState {
  const [state, setState] = useState(empty);

  useEffect(() => {
    const abort = new AbortController();
    let last = 0;
    let fresh: LogLine[] = [];
    let frame = 0;
    let timer = 0;
    let retry = firstRetry;
    setState(empty);

    const flush = () => {
      frame = 0;
      const arrived = fresh;
      fresh = [];
      setState((before) => append(before, arrived));
    };

    const take = (data: string) => {
      const line = JSON.parse(data) as LogLine;
      if (line.line > last) {
        last = line.line;
        fresh.push(line);
        frame ||= requestAnimationFrame(flush);
      }
    };

    const read = async () => {
      let ended = false;
      try {
        const nothingMore = await readEvents(last > 0 ? `${path}/stream?after=${last}` : `${path}/stream`, {
          signal: abort.signal,
          onOpen: () => {
            retry = firstRetry;
            setState((before) => ({ ...before, connection: "open" }));
          },
          onEvent: ({ name, data }) => {
            ended ||= name === "end";
            if (name === "line") {
              take(data);
            }
          },
        });
        ended ||= nothingMore;
      } catch {
        // The network broke; what follows is the same as for a stream that was cut.
      }
      if (abort.signal.aborted) {
        return;
      }
      setState((before) => ({ ...before, connection: ended ? "ended" : "waiting" }));
      if (!ended) {
        timer = window.setTimeout(read, retry);
        retry = Math.min(retry * 2, longestRetry);
      }
    };

    read();
    return () => {
      abort.abort();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [path]);

  return state;
}

function append(before: LogState, arrived: LogLine[]): LogState {
  const lines = [...before.lines, ...arrived];
  const over = Math.max(0, lines.length - lineLimit);
  return { ...before, lines: over > 0 ? lines.slice(over) : lines, dropped: before.dropped + over };
}
