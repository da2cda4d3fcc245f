// The process in which one file is read: it asks for bytes, hands over segments, and can be ended at any time.
import { ReadingError, type Part } from "../contract.ts";
import type { FoundInPart, FromReader, Start, ToReader } from "./run.ts";

const waiting = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (fault: Error) => void }>();
let asked = 0;

const say = (message: FromReader): void => void process.send!(message);
const ask = (message: (number: number) => FromReader): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    say(message(asked));
  });

function answered(message: ToReader): void {
  const call = waiting.get(message.number);
  waiting.delete(message.number);
  if (message.fault === undefined) call?.resolve(message.bytes ?? new Uint8Array());
  else call?.reject(new Error(message.fault));
}

type Find = (typeof import("@simpul/detect"))["find"];

/** Senders beyond this many were searched before or are none. */
const mostSenders = 20_000;

/** What stands in a part: in its text, and in who sent it, where a chat names unknown contacts by their number. */
function* inPart(find: Find, part: Part, senders: Set<string>, region: string): Generator<FoundInPart> {
  const { sender, number, text } = part;
  if (sender !== undefined && !senders.has(sender) && senders.size < mostSenders) {
    senders.add(sender);
    for (const one of find(sender, { region })) yield { ...one, start: 0, end: 0, part: number };
  }
  for (const one of find(text, { region })) yield { ...one, part: number };
}

async function detect({ places, region }: Start): Promise<void> {
  const { find } = await import("@simpul/detect");
  const { unpackSegment } = await import("./segments.ts");
  const senders = new Set<string>();
  for (const place of places) {
    const packed = await ask((number) => ({
      kind: "range",
      number,
      start: place.offset,
      end: place.offset + place.length,
    }));
    const found = unpackSegment(packed).flatMap((part) => [...inPart(find, part, senders, region)]);
    if (found.length > 0) await ask((number) => ({ kind: "found", number, found }));
  }
  say({ kind: "done", summary: null });
}

async function work(start: Start): Promise<void> {
  const { name, size, limits } = start;
  let told = 0;
  try {
    if (start.mode === "detect") {
      await detect(start);
      return;
    }
    const { readSegments } = await import("./segments.ts");
    const summary = await readSegments(
      {
        name,
        limits,
        source: { size, range: (start, end) => ask((number) => ({ kind: "range", number, start, end })) },
        progress(done) {
          if (done - told < 0.01) return;
          told = done;
          say({ kind: "progress", done });
        },
      },
      async (segment, parts: readonly Part[]) => {
        await ask((number) => ({ kind: "segment", number, segment, parts: parts.length }));
      },
    );
    say({ kind: "done", summary });
  } catch (fault) {
    const refused = fault instanceof ReadingError ? fault : new ReadingError("READER_FAILED", {}, fault);
    const because = fault instanceof Error ? `${fault.name}: ${fault.message}`.slice(0, 500) : "";
    say({ kind: "refused", code: refused.code, facts: refused.facts, because });
  }
}

process.on("message", (message: Start | ToReader) => {
  if ("limits" in message) void work(message).finally(() => process.disconnect());
  else answered(message);
});
// Nobody is left to read for.
process.on("disconnect", () => process.exit(0));
