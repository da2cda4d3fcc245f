// A passphrase for a command: from a file, or typed where somebody sits at the terminal; never from an argument.
import { readFile } from "node:fs/promises";
import { isCancel, password } from "@clack/prompts";
import { ClientError } from "./client.ts";

/**
 * The first line of `file` (`-` reads standard input), or what is typed, twice when `twice` is set. Throws
 * `UNUSABLE` when there is neither file nor terminal.
 */
export async function readPassphrase(
  file: string | undefined,
  ask: { says: string; again?: string },
): Promise<string> {
  if (file !== undefined) {
    const text = await readFile(file === "-" ? "/dev/stdin" : file, "utf8").catch((cause: unknown) => {
      throw new ClientError("UNUSABLE", `${file} cannot be read`, null, cause);
    });
    return text.split("\n")[0]!.replace(/\r$/, "");
  }
  if (!process.stdin.isTTY)
    throw new ClientError("UNUSABLE", "give --passphrase-file, as nobody sits at this terminal");
  const typed = await typeSecret(ask.says);
  if (ask.again !== undefined && (await typeSecret(ask.again)) !== typed)
    throw new ClientError("UNUSABLE", "the two were not the same");
  return typed;
}

async function typeSecret(message: string): Promise<string> {
  const typed = await password({ message });
  if (isCancel(typed)) throw new ClientError("UNUSABLE", "given up");
  return typed;
}
