import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

/**
 * What a field holds whose text goes into the URL after a pause. Whatever else changes the URL meanwhile, such as a link, shows in the
 * field and ends the pause.
 *
 * @param inUrl what the URL has, empty where it has nothing
 * @param put takes the text there, which may take a while
 * @param pause in milliseconds
 */
export function useTextInUrl(inUrl: string, put: (text: string) => unknown, pause: number) {
  const [text, setText] = useState(inUrl);
  const known = useRef(inUrl);
  /** Texts of this field on their way into the URL. */
  const sent = useRef<string[]>([]);
  const putSoon = useDebouncedCallback((value: string) => {
    const trimmed = value.trim();
    sent.current = trimmed === known.current ? [] : [...sent.current, trimmed];
    put(trimmed);
  }, pause);

  useEffect(() => {
    if (inUrl === known.current) {
      return;
    }
    known.current = inUrl;
    const at = sent.current.indexOf(inUrl);
    sent.current = sent.current.slice(at + 1);
    if (at < 0) {
      putSoon.cancel();
      sent.current = [];
      setText(inUrl);
    }
  }, [inUrl, putSoon]);

  const change = (value: string) => {
    setText(value);
    putSoon(value);
  };
  /** Leaves the URL to whoever clears more than this. */
  const clear = () => {
    putSoon.cancel();
    sent.current = [];
    setText("");
  };
  return { text, change, clear };
}
