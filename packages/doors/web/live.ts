// New things as they happen: one stream for the whole page, which says what changed and never its content.
import { useEffect, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";

export interface Change {
  topic: string;
  id: string;
}

type Hear = (change: Change) => void;
const hearers = new Set<Hear>();
let source: EventSource | null = null;
let waits: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
const all: Change = { topic: "behind", id: "" };

function tell(change: Change): void {
  for (const hear of hearers) hear(change);
}

/** A line that opens slowly may have missed what came after the page had asked. */
const slow = 1500;

function open(): void {
  const began = Date.now();
  source = new EventSource("/api/live");
  source.addEventListener("ready", () => {
    // After a gap nobody knows what was missed: everything shown is asked again.
    if (failures > 0 || Date.now() - began > slow) tell(all);
    failures = 0;
  });
  source.addEventListener("change", (event: MessageEvent<string>) => tell(JSON.parse(event.data) as Change));
  source.addEventListener("error", () => {
    source?.close();
    source = null;
    failures += 1;
    clearTimeout(waits);
    const pause = Math.min(1000 * 2 ** failures, 30_000) * (0.7 + Math.random() * 0.6);
    waits = setTimeout(() => {
      if (hearers.size > 0) open();
    }, pause);
  });
}

/** Hears every change that this officer may know of; `behind` means that something may have been missed. */
export function listenLive(hear: Hear): () => void {
  hearers.add(hear);
  if (source === null && hearers.size === 1) {
    clearTimeout(waits);
    open();
  }
  return () => {
    hearers.delete(hear);
    if (hearers.size > 0) return;
    clearTimeout(waits);
    source?.close();
    source = null;
  };
}

/**
 * Keeps a page fresh: asks again for every query whose key begins with a changed topic (`["case", id]`). With
 * `hold`, nothing moves under the reader's eyes: changes are counted, and `show` lets them in.
 */
export function useLive(
  topics: readonly string[],
  options: { hold?: boolean } = {},
): { held: number; show(): void } {
  const queries = useQueryClient();
  const [held, setHeld] = useState(0);
  const hold = options.hold ?? false;
  const names = topics.join(" ");
  const waiting = useRef(new Set<string>());

  useEffect(() => {
    const wanted = new Set(names.split(" "));
    return listenLive((change) => {
      if (change.topic !== "behind" && !wanted.has(change.topic)) return;
      if (hold) {
        waiting.current.add(change.id);
        setHeld(waiting.current.size);
        return;
      }
      for (const topic of change.topic === "behind" ? wanted : [change.topic])
        void queries.invalidateQueries({ queryKey: [topic] });
    });
  }, [names, hold, queries]);

  return {
    held,
    show() {
      waiting.current.clear();
      setHeld(0);
      for (const topic of topics) void queries.invalidateQueries({ queryKey: [topic] });
    },
  };
}
