// Text files for commands that read without a node: decoded piece by piece, in whatever encoding the region writes.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { encodings, guessEncoding, type EncodingLabel } from "@simpul/detect";
import { SimpulError } from "@simpul/model";

export type TextFileCode = "FILE_UNREADABLE" | "NOT_AN_ENCODING" | "NOT_TEXT";
export class TextFileError extends SimpulError<TextFileCode> {}

/** Reads `utf-8`, `windows-874`, …; TIS-620 counts as windows-874. Throws `NOT_AN_ENCODING`. */
export function parseEncoding(text: string): EncodingLabel {
  const label = text.toLowerCase() === "tis-620" ? "windows-874" : text.toLowerCase();
  const known = encodings.find((one) => one === label);
  if (known) return known;
  throw new TextFileError("NOT_AN_ENCODING", `${text.slice(0, 40)}; one of ${encodings.join(", ")}`);
}

async function beginning(file: string): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The encoding a file is read in; throws `FILE_UNREADABLE`, and `NOT_TEXT` for bytes that are no text. */
export async function encodingOf(file: string): Promise<EncodingLabel> {
  const sample = await beginning(file).catch((cause: unknown) => {
    throw new TextFileError("FILE_UNREADABLE", file, cause);
  });
  const label = guessEncoding(sample);
  if (!label.startsWith("utf-16") && sample.includes(0)) throw new TextFileError("NOT_TEXT", file);
  return label;
}

/** The text of a file in parts, a byte order mark left out: offsets count from the first letter. */
export async function* readText(file: string, encoding: EncodingLabel): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 65_536 }))
      yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    throw new TextFileError("FILE_UNREADABLE", file, cause);
  }
}
