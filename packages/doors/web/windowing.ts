// A long table draws only the rows in sight.
import { useEffect, useState } from "react";
import type { RefObject } from "react";
import { useOnPaper } from "./paper.tsx";

/** Below this many rows the browser copes by itself, and find-in-page works. */
const long = 200;

/** Which rows to draw, and the heights of those left out above and below; `height` is one row's. */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  height: number,
): { from: number; to: number; above: number; below: number } {
  const [top, setTop] = useState(0);
  const [tall, setTall] = useState(800);
  const paper = useOnPaper();
  useEffect(() => {
    const element = scroller.current;
    if (element === null || count <= long) return undefined;
    const read = (): void => {
      setTop(element.scrollTop);
      setTall(element.clientHeight);
    };
    read();
    element.addEventListener("scroll", read, { passive: true });
    window.addEventListener("resize", read);
    return () => {
      element.removeEventListener("scroll", read);
      window.removeEventListener("resize", read);
    };
  }, [scroller, count]);
  if (count <= long || paper) return { from: 0, to: count, above: 0, below: 0 };
  const from = Math.max(0, Math.floor(top / height) - 10);
  const to = Math.min(count, Math.ceil((top + tall) / height) + 10);
  return { from, to, above: from * height, below: (count - to) * height };
}
