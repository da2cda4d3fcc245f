// Files as they really come, through a real node: each is sealed as it is, and read, or told by name why not.
import { readFileSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { nations } from "@simpul/testing";
import { linesOf, typed } from "@simpul/testing/typed";
import iconv from "iconv-lite";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import yazl from "yazl";
import { signInCommand } from "../access/command.ts";
import { readCommand, takeInCommand } from "./command.ts";
import { usualLimits, type Item } from "./contract.ts";
import { lockedPdf, tornZip } from "./testing.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  const { id } = await nations("id");
  await typed(signInCommand, ["--node", id.web.address, "--as", "sari"]);
}, 120_000);
afterAll(() => rm(home, { recursive: true }));

async function takenIn(name: string, bytes: Uint8Array): Promise<Item> {
  const file = path.join(home, name);
  await writeFile(file, bytes);
  const said = await typed(takeInCommand, [file, "--json"]);
  expect(said.exit, said.wrong).toBe(0);
  return linesOf(said)[0] as unknown as Item;
}

async function bomb(): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.alloc(40_000_000), "_chat.txt");
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
    .png()
    .toBuffer();

test.each([
  ["torn", "export.zip", tornZip, "TORN"],
  ["mislabelled", "chat.txt", picture, "MISLABELLED"],
  ["a zip bomb", "chat.zip", bomb, "ZIP_BOMB"],
  ["locked by a password", "statement.pdf", lockedPdf, "PASSWORD_PROTECTED"],
] as const)(
  "a file that is %s is sealed as it came, and reading it is refused by name",
  async (_, name, make, code) => {
    const item = await takenIn(name, await make());
    expect(item).toMatchObject({ state: "sealed", reading: { state: "refused", refusal: { code } } });
    const read = await typed(readCommand, [item.id]);
    expect([read.exit, read.text]).toEqual([1, ""]);
    expect(read.wrong).toContain(`REFUSED: ${code}`);
  },
  60_000,
);

test("a file that is too large is refused before a byte is hashed or sent", async () => {
  const file = path.join(home, "disk.img");
  await writeFile(file, "");
  await truncate(file, usualLimits.file + 1);
  const said = await typed(takeInCommand, [file]);
  expect([said.exit, said.text]).toEqual([1, ""]);
  expect(said.wrong).toMatch(/^REFUSED: FILE_TOO_LARGE/);
  await rm(file);
});

const thai = "สวัสดีค่ะ สนใจงานที่ปอยเปตไหม เงินเดือนสามหมื่นบาท มีที่พักให้ฟรี โทร 081 000 0417 (แบบฝึกหัด)";
test.each([
  ["TIS-620", "cp874", iconv.encode(thai, "cp874")],
  ["UTF-16", "utf-16le", iconv.encode(thai, "utf-16le", { addBOM: true })],
] as const)(
  "Thai in %s is read as what it says, from its bytes to the line on the screen",
  async (_, encoding, bytes) => {
    const item = await takenIn(`${encoding}.txt`, bytes);
    expect(item.reading.encoding).toBe(encoding);
    expect((await typed(readCommand, [item.id])).text.trim()).toBe(thai);
  },
  60_000,
);

test("Burmese in Zawgyi is read as Unicode, and it is said that it was turned", async () => {
  const tools = path.dirname(createRequire(import.meta.url).resolve("myanmar-tools/package.json"));
  const zawgyi = readFileSync(path.join(tools, "resources", "mmgov_zawgyi_src.txt"), "utf8")
    .split("\n")
    .find((line) => line.length > 40 && !line.startsWith("#"))!;
  const item = await takenIn("zawgyi.txt", Buffer.from(zawgyi));
  expect(item.reading.warnings).toContainEqual({ code: "ZAWGYI_CONVERTED", facts: { parts: 1 } });
  const { text } = await typed(readCommand, [item.id]);
  expect(text).toMatch(/\p{Script=Myanmar}/u);
  expect(text.trim()).not.toBe(zawgyi.trim());
}, 60_000);
