// For tests: a bundle of a case as whoever receives it reads it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createInflateRaw } from "node:zlib";
import { zipSource } from "@simpul/evidence/bag";
import type { Id } from "@simpul/model";
import type { Nation } from "./nations.ts";
import { typed } from "./typed.ts";
import { signInCommand } from "../features/access/command.ts";
import { takeInCommand } from "../features/evidence/command.ts";
import type { Export } from "../features/evidence/contract.ts";
import { prove, until } from "../features/requests/testing.ts";

/** The text of every file of a bundle of the case, which is given an item of `text`. */
export async function bundleText(of: Nation, officer: string, ofCase: Id, text: string): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-ads-"));
  const before = process.env["SIMPUL_CLI_HOME"];
  try {
    process.env["SIMPUL_CLI_HOME"] = home;
    const file = path.join(home, "advert.txt");
    await writeFile(file, text);
    await typed(signInCommand, ["--node", of.web.address, "--as", officer]);
    await typed(takeInCommand, [file, "--case", ofCase, "--json"]);
    const who = await of.as(officer);
    await prove(who, "evidence.export", ofCase);
    const { id } = await who.must<Export>("POST", "/api/evidence/exports", {
      ...{ case: ofCase, recipient: "EXERCISE court", recipientState: "id", reason: "EXERCISE", fields: [] },
      unproven: "EXERCISE: no other state is needed here",
    });
    await until(
      () => who.must<Export>("GET", `/api/evidence/exports/${id}`),
      ({ state }) => state === "ready",
      60,
    );
    const got = await fetch(`${of.web.address}/api/evidence/exports/${id}/bundle`, {
      headers: { cookie: who.cookie, origin: of.web.address },
    });
    const zip = Buffer.from(await got.arrayBuffer());
    const source = await zipSource({
      size: zip.length,
      read: (at, length) => Promise.resolve(zip.subarray(at, at + length)),
      inflate: (packed) => Readable.from(packed).pipe(createInflateRaw()),
    });
    const texts: string[] = [];
    // The verifier that travels along is the house's own program.
    for (const name of (await source.paths()).filter((one) => !/verify\.(?:mjs|html)$/.test(one)))
      texts.push(`${name}\n${(await buffer(Readable.from(source.open(name)))).toString("utf8")}`);
    return texts.join("\n");
  } finally {
    if (before === undefined) delete process.env["SIMPUL_CLI_HOME"];
    else process.env["SIMPUL_CLI_HOME"] = before;
    await rm(home, { recursive: true });
  }
}
