import { useEffect, useState } from "react";

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
    let gone = false;
    let source: EventSource;
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

    const connect = () => {
      source = new EventSource(last > 0 ? `${path}/stream?after=${last}` : `${path}/stream`);
      source.onopen = () => {
        retry = firstRetry;
        setState((before) => ({ ...before, connection: "open" }));
      };
      source.addEventListener("line", (event: MessageEvent<string>) => {
        const line = JSON.parse(event.data) as LogLine;
        if (line.line > last) {
          last = line.line;
          fresh.push(line);
          frame ||= requestAnimationFrame(flush);
        }
      });
      source.addEventListener("end", () => {
        source.close();
        setState((before) => ({ ...before, connection: "ended" }));
      });
      source.onerror = () => {
        setState((before) => ({ ...before, connection: "waiting" }));
        // The browser resumes a stream that broke by itself; one that was refused (a proxy's 502) it gives up.
        if (source.readyState === EventSource.CLOSED) {
          timer = window.setTimeout(reconnect, retry);
          retry = Math.min(retry * 2, longestRetry);
        }
      };
    };

    const reconnect = async () => {
      if ((await isComplete(path, last)) && !gone) {
        setState((before) => ({ ...before, connection: "ended" }));
      } else if (!gone) {
        connect();
      }
    };

    connect();
    return () => {
      gone = true;
      source.close();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [path]);

  return state;
}

/** An event source hides the status 204, by which the API says that nothing will come after line `last`. */
async function isComplete(path: string, last: number): Promise<boolean> {
  const abort = new AbortController();
  try {
    const response = await fetch(`${path}/stream?after=${last}`, { signal: abort.signal });
    return response.status === 204;
  } catch {
    return false;
  } finally {
    abort.abort();
  }
}

function append(before: LogState, arrived: LogLine[]): LogState {
  const lines = [...before.lines, ...arrived];
  const over = Math.max(0, lines.length - lineLimit);
  return { ...before, lines: over > 0 ? lines.slice(over) : lines, dropped: before.dropped + over };
}
