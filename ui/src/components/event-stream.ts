import { organizationHeaders } from "../access/chosen-organization";

export interface StreamEvent {
  name: string;
  data: string;
}

interface Handlers {
  onOpen: () => void;
  onEvent: (event: StreamEvent) => void;
  signal: AbortSignal;
}

/**
 * Reads server-sent events until the stream ends. A browser's own EventSource sends no headers, and the API learns from one
 * which organisation is meant.
 *
 * @returns whether the API said that nothing will ever come (204); false for a stream that broke or was refused
 */
export async function readEvents(url: string, { onOpen, onEvent, signal }: Handlers): Promise<boolean> {
  const response = await fetch(new URL(url, window.location.origin), {
    headers: { Accept: "text/event-stream", ...organizationHeaders() },
    credentials: "same-origin",
    signal,
  });
  if (response.status !== 200 || !response.body) {
    return response.status === 204;
  }
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      onEvent(parse(block));
    }
  }
  return false;
}

function parse(block: string): StreamEvent {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") {
      name = value;
    } else if (field === "data") {
      data.push(value);
    }
  }
  return { name, data: data.join("\n") };
}
