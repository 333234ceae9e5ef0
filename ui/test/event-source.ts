/** An event source over fetch, since jsdom has none: reads one stream to its end and then reports an error, as browsers do. */
export class FetchEventSource extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  readyState = FetchEventSource.CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  private readonly abort = new AbortController();

  constructor(url: string) {
    super();
    this.read(url).catch(() => this.fail());
  }

  close() {
    this.readyState = FetchEventSource.CLOSED;
    this.abort.abort();
  }

  private async read(url: string) {
    const response = await fetch(new URL(url, window.location.origin), { signal: this.abort.signal });
    if (response.status !== 200 || !response.body) {
      this.fail();
      return;
    }
    this.readyState = FetchEventSource.OPEN;
    this.onopen?.();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const events = (rest + part.value).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        this.emit(event);
      }
    }
    this.fail();
  }

  private emit(event: string) {
    const fields = Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
    if (this.readyState === FetchEventSource.OPEN) {
      this.dispatchEvent(
        new MessageEvent(fields.event ?? "message", { data: fields.data, lastEventId: fields.id ?? "" }),
      );
    }
  }

  private fail() {
    if (this.readyState !== FetchEventSource.CLOSED) {
      this.readyState = FetchEventSource.CLOSED;
      this.onerror?.();
    }
  }
}
