// What every check of a bundle shares: reading its small files, and telling what was found.
import type { BagSource } from "../bag/check.ts";

/** One thing that was checked; `says` is for people, `check` for machines (`item <id> bytes`). */
export interface Check {
  check: string;
  ok: boolean;
  says: string;
}

export type Tell = (check: string, ok: boolean, says: string) => void;

const largest = 4 * 1024 * 1024;

export async function textOf(source: BagSource, path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source.open(path)) {
    size += part.length;
    if (size > largest) throw new Error(`${path} is too large`);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(whole);
}

export const because = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
