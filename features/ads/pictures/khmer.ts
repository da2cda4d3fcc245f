// Khmer letters, by the system's tesseract: the picture goes in on its standard input, nothing is written to disk.
import { execFile } from "node:child_process";
import { packs } from "./packs.ts";
import { readingOf, type Recognised } from "./words.ts";

/** Throws what the program throws: it is gone, took too long, or said too much. `png`: as the engine gets it. */
export function readKhmer(png: Buffer, seconds: number): Promise<Recognised> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      "tesseract",
      ["stdin", "stdout", "-l", packs.km, "--psm", "3", "txt", "tsv"],
      {
        timeout: seconds * 1000,
        maxBuffer: 4 * 1024 * 1024,
        env: { PATH: process.env["PATH"], OMP_THREAD_LIMIT: "1" },
      },
      (fault: Error | null, stdout) => (fault === null ? resolve(bothOf(stdout)) : reject(fault)),
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(png);
  });
}

/** The program writes a table of words and the text one after the other; a row of the table has twelve columns. */
function bothOf(said: string): Recognised {
  const lines = said.replaceAll("\f", "").split("\n");
  const ofTable = (line: string): boolean => line.split("\t").length === 12;
  return readingOf(lines.filter((line) => !ofTable(line)).join("\n"), lines.filter(ofTable).join("\n"));
}
