import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

/**
 * What a field holds whose text goes into the URL after a pause. Whatever else changes the URL meanwhile, such as a link, shows in the
 * field and ends the pause.
 *
 * @param inUrl what the URL has, empty where it has nothing
 * @param put takes the text there
 * @param pause in milliseconds
 */
export function useTextInUrl(inUrl: string, put: (text: string) => unknown, pause: number) {
  const [text, setText] = useState(inUrl);
  const last = useRef(inUrl);
  const putSoon = useDebouncedCallback((value: string) => {
    last.current = value.trim();
    put(last.current);
  }, pause);

  const { cancel } = putSoon;
  useEffect(() => {
    if (inUrl !== last.current) {
      cancel();
      last.current = inUrl;
      setText(inUrl);
    }
  }, [inUrl, cancel]);

  const change = (value: string) => {
    setText(value);
    putSoon(value);
  };
  /** Leaves the URL to whoever clears more than this. */
  const clear = () => {
    cancel();
    last.current = "";
    setText("");
  };
  return { text, change, clear };
}
