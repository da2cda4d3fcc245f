// Reads a text file for the commands that work without a node: UTF-8, UTF-16, TIS-620, GB18030, Big5.
import { readFile } from "node:fs/promises";
import { ClientError } from "@simpul/doors/cli";
import { guessEncoding } from "@simpul/features/evidence/reading/encoding.ts";
import { sourceOf } from "@simpul/features/evidence/reading/reader.ts";
import iconv from "iconv-lite";

const most = 64 * 1024 * 1024;

/** The file's text as Unicode; throws `UNUSABLE` for a file that cannot be read or is too large. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ClientError("UNUSABLE", `${file} cannot be read`, null, cause);
  });
  if (bytes.length > most) throw new ClientError("UNUSABLE", `${file} is over ${most} bytes`);
  const { encoding, skip } = await guessEncoding(sourceOf(bytes));
  return iconv.decode(bytes.subarray(skip), encoding);
}
