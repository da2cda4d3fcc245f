// Something that the page fetches once, e.g. texts of a language; without a line it is tried again.
import { useEffect, useState } from "react";

export interface Loaded<T> {
  data: T | null;
  failed: boolean;
}

const againAfter = 3_000;

/** `key` names what is fetched; a new key fetches anew. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Loaded<T> & { key: string }>({ key, data: null, failed: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = (): void => {
      load().then(
        (data) => {
          if (!over) setState({ key, data, failed: false });
        },
        () => {
          if (over) return;
          setState({ key, data: null, failed: true });
          timer = setTimeout(ask, againAfter);
        },
      );
    };
    ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
    // What is loaded is named by its key alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return state.key === key ? state : { data: null, failed: false };
}
