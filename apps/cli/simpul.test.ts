// The command line as a whole: every command explains itself with a call that works, and ends so that a script can tell.
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { helpOf, keepProfile, meantBy, type AnyCommand, type Meant } from "@simpul/doors/cli";
import { typed } from "@simpul/testing/typed";
import { parseArgs, type ArgsDef } from "citty";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simpul } from "./simpul.ts";
import { explain } from "./words.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
});
afterAll(() => rm(home, { recursive: true }));

/** Every command that does something, by how it is called. */
async function leaves(tree: AnyCommand, words: string[] = []): Promise<[string, Meant][]> {
  const meant = await meantBy(tree, [...words, "--help"]);
  if (meant.below.length === 0) return [[meant.name, meant]];
  const below = await Promise.all(meant.below.map((one) => leaves(tree, [...words, one])));
  return below.flat();
}
const all = await leaves(simpul);

/** A typed line as a shell would split it. */
const split = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+?)(?:'([^']*)')?(?=\s|$)/g)].map(
    ([, double, single, plain, tail]) => double ?? single ?? `${plain}${tail ?? ""}`,
  );

describe.each(all)("%s", (name, { command }) => {
  const { example = "" } = command.meta as { example?: string };
  const words = split(example);

  test("shows a call that reaches it, with nothing left out and nothing that it does not know", async () => {
    while (/^[A-Z_]+=/.test(words[0] ?? "")) words.shift();
    const meant = await meantBy(simpul, words.slice(1));
    expect(words[0]).toBe("simpul");
    expect(meant.command).toBe(command);
    const args = (meant.command.args ?? {}) as ArgsDef;
    const until = meant.rest.indexOf(">");
    const rest = until === -1 ? meant.rest : meant.rest.slice(0, until);
    expect(() => parseArgs(rest, args)).not.toThrow();
    for (const word of rest) if (word.startsWith("--")) expect(Object.keys(args)).toContain(word.slice(2));
  });

  test("says in its help what it is for and how it is called", async () => {
    const help = await helpOf({ command, name, rest: [], below: [] });
    expect(help).toContain(name);
    expect(help).toContain(example);
  });

  test("speaks to machines too, unless it only runs", () => {
    if (name !== "simpul serve") expect(Object.keys(command.args as ArgsDef)).toContain("json");
  });
});

test.each([
  [["dance"], "there is no `simpul dance`; there is: sign-in"],
  [["case", "dance"], "there is no `simpul case dance`"],
  [["cases", "--mien"], "simpul cases has no --mien; see: simpul cases --help"],
  [["cases", "--state"], "--state needs a value"],
  [["verify"], "FILE"],
  [["check", "ID-2031-000417", "--no-selectors"], "has no --no-selectors"],
  [["request"], "USAGE"],
  [[], "USAGE"],
])("%j is a call that cannot be used: 2, and it says what would be", async (words, says) => {
  const { exit, wrong, text } = await typed(simpul, words);
  expect([exit, text]).toEqual([2, ""]);
  expect(wrong).toContain(says);
});

describe("against a node that answers", () => {
  let say: { status: number; code: string } = { status: 404, code: "NOT_FOUND" };
  const node = createServer((_, answer) => {
    answer.writeHead(say.status, { "content-type": "application/json" });
    answer.end(JSON.stringify({ error: { code: say.code, reference: "K3jd8", facts: {} } }));
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => node.listen(0, "localhost", resolve));
    const address = `http://localhost:${(node.address() as AddressInfo).port}`;
    const officer = { id: "01890000-0000-7000-8000-000000000001", name: "Sari" };
    await keepProfile(process.env, { address, token: "t", officer, device: null });
  });
  afterAll(() => void node.close());

  test.each([
    [404, "NOT_FOUND", 1, "REFUSED"],
    [403, "NOT_ALLOWED", 1, "REFUSED"],
    [409, "CHANGED_MEANWHILE", 1, "REFUSED"],
    [507, "NO_ROOM", 1, "REFUSED"],
    [401, "NO_SESSION", 2, "NOT_SIGNED_IN"],
    [422, "BAD_INPUT", 2, "UNUSABLE"],
    [500, "FAULT", 2, "NODE_FAULT"],
  ])("%i %s ends with %i, said as %s with its reference", async (status, code, end, first) => {
    say = { status, code };
    const { exit, wrong } = await typed(simpul, ["case", "show", "ID-2031-000417"]);
    expect(exit).toBe(end);
    expect(wrong).toMatch(new RegExp(`^${first}: ${code} \\(reference K3jd8\\)`));
  });

  test("a node that is silent is no refusal", async () => {
    await new Promise((resolve) => node.close(resolve));
    const { exit, wrong } = await typed(simpul, ["whoami"]);
    expect([exit, wrong]).toEqual([2, expect.stringContaining("NODE_SILENT")]);
  });
});

test("a code is explained in the account's language, with what to do next", async () => {
  const english = await explain("NOT_FOUND", {}, {});
  expect(english).toContain("It is not here, or it is not yours to see. Check");
  expect(await explain("NOT_FOUND", {}, { LANG: "km_KH.UTF-8" })).toMatch(/\p{Script=Khmer}/u);
  expect(await explain("NO_SUCH_CODE", {}, {})).toBeNull();
  // Nothing is marked at a command line: the field is named.
  expect(await explain("BAD_INPUT", { fields: "case" }, {})).toBe("Not as expected: case.");
});

test("who reads only the first line of what it prints is not told of a fault", async () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const file = path.join(home, "long.txt");
  await writeFile(file, "hubungi +62 854-0000-1702\n".repeat(20_000));
  const line = `"${process.execPath}" --import tsx "${main}" extract "${file}" | head -1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(stderr).toBe("");
});
