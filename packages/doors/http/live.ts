// Live pages: a stream that says what changed, never its content; the page asks again under its own rights.
import { streamSSE } from "hono/streaming";
import type { Handler } from "hono";
import type { Env } from "./env.ts";

/** Something changed: `topic` as in `case`, `request`, `item`; `id` of the record. */
export interface Change {
  topic: string;
  id: string;
}

/** Tells those who listen. The server carries it over PostgreSQL's NOTIFY, so every process hears it. */
export interface Live {
  listen(hear: (change: Change) => void): () => void;
}

/** Whether an officer hears of a change: yes, no, or not known yet, to be asked again after so many milliseconds. */
export type Sight = boolean | { again: number };

/**
 * The stream of one officer: only changes that `maySee` lets through (row security decides there), so that not
 * even the rhythm of a hidden case shows. A comment line every 20 s keeps proxies from closing the line; `holds` is
 * asked before each line, so that the stream ends with its session.
 */
export const liveRoute =
  (
    live: Live,
    maySee: (change: Change, env: Env["Variables"]) => Promise<Sight>,
    holds: (env: Env["Variables"]) => Promise<boolean>,
  ): Handler<Env> =>
  (c) =>
    streamSSE(c, async (stream) => {
      const waiting: Change[] = [];
      const later = new Map<string, NodeJS.Timeout>();
      let wake: () => void = () => undefined;
      const hear = (change: Change): void => {
        // A slow reader loses the oldest, and asks anew when it sees `behind`.
        if (waiting.push(change) > 1000)
          waiting.splice(0, waiting.length - 1000, { topic: "behind", id: "" });
        wake();
      };
      const listening = live.listen(hear);
      const stop = (): void => {
        listening();
        for (const timer of later.values()) clearTimeout(timer);
      };
      /** A change of which nothing is known yet comes up again, once however often it was heard meanwhile. */
      const hearAgain = (change: Change, after: number): void => {
        const name = `${change.topic} ${change.id}`;
        if (later.has(name)) return;
        later.set(
          name,
          setTimeout(() => {
            later.delete(name);
            hear(change);
          }, after).unref(),
        );
      };
      stream.onAbort(() => {
        stop();
        wake();
      });
      await stream.writeSSE({ event: "ready", data: "{}" });
      while (!stream.aborted && !stream.closed) {
        const change = waiting.shift();
        if (change === undefined) {
          const idle = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), 20_000);
            wake = () => {
              clearTimeout(timer);
              resolve(false);
            };
          });
          if (!idle) continue;
          if (!(await holds(c.var))) break;
          await stream.write(": still here\n\n");
          continue;
        }
        const sees = change.topic === "behind" || (await maySee(change, c.var));
        if (typeof sees === "object") hearAgain(change, sees.again);
        else if (sees) {
          if (!(await holds(c.var))) break;
          await stream.writeSSE({ event: "change", data: JSON.stringify(change) });
        }
      }
      stop();
    });
