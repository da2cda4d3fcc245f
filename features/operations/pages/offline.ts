// Lines of the board that wait on this device: kept before anything is sent, gone only when the node has them.
import { useCallback, useEffect, useState } from "react";
import { api, Refused, useQueryClient, useSession, worthRetrying } from "@simpul/doors/web";
import type { AskEntry } from "../contract.ts";

/** A line that the node refused for good; she reads why and decides. */
export interface Waiting extends AskEntry {
  refused: string | null;
}

const again = 5_000;

function kept(key: string): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as Waiting[];
  } catch {
    return [];
  }
}

/**
 * A form that keeps its lines: `add` writes one down on this device and sends when there is a line; reloading the page or
 * losing the connection loses none, and sending twice counts once.
 */
export function useKeptLines(operation: string): {
  waiting: readonly Waiting[];
  add: (line: AskEntry) => void;
  drop: (id: string) => void;
} {
  const { officer, node } = useSession();
  const queries = useQueryClient();
  const key = `simpul.board.${node.code}.${officer.id}.${operation}`;
  const [waiting, setWaiting] = useState(() => kept(key));

  const change = useCallback(
    (fn: (lines: Waiting[]) => Waiting[]): void => {
      // What lies on the device counts: another window may have added to it.
      const lines = fn(kept(key));
      if (lines.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(lines));
      setWaiting(lines);
    },
    [key],
  );

  const open = waiting.filter((one) => one.refused === null).map((one) => one.id);
  const first = open[0];
  useEffect(() => {
    if (first === undefined) return undefined;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function send(): Promise<void> {
      clearTimeout(timer);
      const line = kept(key).find((one) => one.id === first);
      if (line === undefined || stopped) return;
      const { refused: _, ...entry } = line;
      try {
        await api.post(`/api/operations/${operation}/entries`, { entries: [entry] });
        change((lines) => lines.filter((one) => one.id !== first));
        await queries.invalidateQueries({ queryKey: ["operation"] });
      } catch (no) {
        const lasting = no instanceof Refused && !worthRetrying(no) && no.status !== 401;
        if (lasting)
          change((lines) => lines.map((one) => (one.id === first ? { ...one, refused: no.code } : one)));
        else timer = setTimeout(() => void send(), again);
      }
    }
    const go = (): void => void send();
    go();
    globalThis.addEventListener("online", go);
    return () => {
      stopped = true;
      clearTimeout(timer);
      globalThis.removeEventListener("online", go);
    };
    // Only what waits begins a sending, not each drawing of the page. One after the other, in the order in which they were written.
  }, [first, key, operation, change, queries]);

  return {
    waiting,
    add: (line) => change((lines) => [...lines, { ...line, refused: null }]),
    drop: (id) => change((lines) => lines.filter((one) => one.id !== id)),
  };
}
