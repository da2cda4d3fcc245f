// Encodings: everything has one spelling, and every other spelling is refused.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, fromHex, toBase64, toHex } from "./index.ts";

const bytes = fc.uint8Array({ maxLength: 100 });

test("base64 and hex agree with Node's own for any bytes, and read back", () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(toBase64(data)).toBe(Buffer.from(data).toString("base64"));
      expect(toHex(data)).toBe(Buffer.from(data).toString("hex"));
      expect(fromBase64(toBase64(data))).toEqual(data);
      expect(fromHex(toHex(data))).toEqual(data);
    }),
  );
  const large = new Uint8Array(100_000).fill(7);
  expect(fromBase64(toBase64(large))).toEqual(large);
});

test("a text that decodes is the only spelling of its bytes", () => {
  const signs = fc.string({
    unit: fc.constantFrom("A", "a", "+", "/", "=", "-", "_", " ", "\n", "9"),
    maxLength: 12,
  });
  fc.assert(
    fc.property(signs, (text) => {
      let read: Uint8Array;
      try {
        read = fromBase64(text);
      } catch (fault) {
        expect(fault).toMatchObject({ code: "NOT_BASE64" });
        return;
      }
      expect(toBase64(read)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test.each(["A", "AA", "AAA", "AB==", "AAB=", "AA==AA==", "A===", "====", " AAA", "AAA\n", "AA-_", "AA=A"])(
  "%j is no base64",
  (text) => expect(() => fromBase64(text)).toThrow("NOT_BASE64"),
);

test.each(["0", "0G", "AB", " 00", "0x00"])("%j is no hex", (text) =>
  expect(() => fromHex(text)).toThrow("NOT_HEX"),
);
