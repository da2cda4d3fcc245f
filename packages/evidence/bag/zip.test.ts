// Zipped bags: as our writer and foreign tools make them, torn, lying about their sizes, and packed to do harm.
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createInflateRaw } from "node:zlib";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { zipSource } from "./zip.ts";
import type { ZipInput } from "./zip.ts";

const inputOf = (bytes: Uint8Array): ZipInput => ({
  size: bytes.length,
  read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
  inflate: (packed) => Readable.from(packed).pipe(createInflateRaw()),
});

async function zipped(
  files: Record<string, string>,
  options: { compress?: boolean; forceZip64Format?: boolean } = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name, options);
  zip.end();
  return buffer(zip.outputStream);
}
const textOf = async (source: Awaited<ReturnType<typeof zipSource>>, path: string): Promise<string> =>
  (await buffer(Readable.from(source.open(path)))).toString();

const files = { "bagit.txt": "BagIt-Version: 1.0\n", "data/ពាក្យ.txt": "លំហាត់ ".repeat(500) };

test.each([{ compress: true }, { compress: false }, { compress: true, forceZip64Format: true }])(
  "a zip of any common making is read: %o",
  async (options) => {
    const source = await zipSource(inputOf(await zipped(files, options)));
    expect(await source.paths()).toEqual(Object.keys(files));
    for (const [path, text] of Object.entries(files)) expect(await textOf(source, path)).toBe(text);
  },
);

test("one folder around the bag is passed over", async () => {
  const source = await zipSource(inputOf(await zipped({ "bundle/bagit.txt": "x", "bundle/data/a": "y" })));
  expect(await source.paths()).toEqual(["bagit.txt", "data/a"]);
  expect(await textOf(source, "data/a")).toBe("y");
});

test("a torn zip, no zip and an encrypted one are refused", async () => {
  const whole = await zipped(files);
  await expect(zipSource(inputOf(whole.subarray(0, whole.length - 30)))).rejects.toThrow("NOT_A_BUNDLE");
  await expect(zipSource(inputOf(Buffer.from("not a zip")))).rejects.toThrow("NOT_A_BUNDLE");
  const locked = Buffer.from(whole);
  locked[locked.indexOf(Buffer.from("504b0102", "hex")) + 8]! |= 1;
  await expect(zipSource(inputOf(locked))).rejects.toThrow("encrypted");
});

test("a file that unpacks to more than it says stops there", async () => {
  const lying = Buffer.from(await zipped({ "data/big": "x".repeat(5000) }));
  const directory = lying.indexOf(Buffer.from("504b0102", "hex"));
  lying.writeUInt32LE(100, directory + 24);
  const source = await zipSource(inputOf(lying));
  await expect(textOf(source, "data/big")).rejects.toThrow("larger than it says");
});

test("a bomb is refused by its own directory", async () => {
  const bomb = Buffer.from(await zipped({ "data/bomb": "x" }));
  bomb.writeUInt32LE(0xfffffff0, bomb.indexOf(Buffer.from("504b0102", "hex")) + 24);
  await expect(zipSource(inputOf(bomb))).rejects.toThrow("beyond reason");
});
