// Every engine gives the same bytes and refuses the same bytes; the fastest that proves itself is chosen.
import fc from "fast-check";
import { randomBytes } from "node:crypto";
import {
  blind,
  evaluateOwn,
  evaluateWithProof,
  finaliseVerified,
  nobleEngine,
  selfTest,
  typeKey,
} from "@simpul/match/oprf";
import { NodeCode } from "@simpul/model";
import { describe, expect, test } from "vitest";
import { chooseEngine } from "./choose.ts";
import { nativeEngine } from "./native.ts";
import { wasmEngine } from "./wasm.ts";

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const native = nativeEngine();
const wasm = await wasmEngine();
const name = { node: NodeCode.parse("ph"), type: "wallet" as const, epoch: "2031-07" };

const engines = [
  { engine: wasm, name: "libsodium as WebAssembly" },
  ...(native ? [{ engine: native, name: "libsodium of the system" }] : []),
];

test.skipIf(native !== null)(
  "this machine has no libsodium, so the engine that comes with the program is taken",
  async () => {
    expect((await chooseEngine()).engine.name).toBe("libsodium-wasm");
  },
);
test.skipIf(native === null)("this machine has libsodium (needs it installed), so it is taken", async () => {
  expect((await chooseEngine()).engine.name).toBe("libsodium-native");
});
test("a library that is not there is passed over without a word of blame", async () => {
  const chosen = await chooseEngine({ library: "libnosuch.so" });
  expect(chosen.engine.name).toBe("libsodium-wasm");
  expect(chosen.unfit).toEqual([]);
});

describe.each(engines)("$name", ({ engine }) => {
  test("reproduces the published vector", () => {
    expect(() => selfTest(engine)).not.toThrow();
  });

  test("speaks with a peer that runs another engine", () => {
    const seed = random.bytes(32);
    const keys = typeKey(engine, seed, name);
    expect(typeKey(nobleEngine, seed, name).published).toEqual(keys.published);
    const inputs = Array.from({ length: 8 }, (_, i) => new TextEncoder().encode(`wallet ${i}`));
    for (const [asker, holder] of [
      [engine, nobleEngine],
      [nobleEngine, engine],
    ] as const) {
      const sent = blind(asker, "voprf", inputs, random);
      const answer = evaluateWithProof(holder, keys, sent.blinded, random);
      const outputs = finaliseVerified(asker, { ...sent, inputs, publicKey: keys.publicKey }, answer);
      expect(outputs.map((o) => Buffer.from(o).toString("hex"))).toEqual(
        evaluateOwn(holder, "voprf", keys.secretKey, inputs).map((o) => Buffer.from(o).toString("hex")),
      );
    }
  });

  test("refuses exactly the encodings that noble refuses", () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const uniform = fc.uint8Array({ minLength: 64, maxLength: 64 });
    const scalar = nobleEngine.reduce(random.bytes(64));
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          uniform.map((u) => nobleEngine.derive(u)),
          fc.constant(new Uint8Array(32)),
        ),
        (element) => {
          expect(engine.isElement(element)).toBe(nobleEngine.isElement(element));
          const multiply = (by: typeof engine) => {
            try {
              return Buffer.from(by.multiply(element, scalar)).toString("hex");
            } catch (error) {
              return (error as { code: string }).code;
            }
          };
          expect(multiply(engine)).toBe(multiply(nobleEngine));
        },
      ),
    );
  });
});
