// The protocol against RFC 9497's published vectors, and against everything a dishonest peer may send.
import fc from "fast-check";
import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { given } from "../../../testing/data.ts";
import { fromHex, join, toHex } from "./bytes.ts";
import { nobleEngine as engine } from "./noble.ts";
import {
  blind,
  blindWith,
  deriveKeyPair,
  evaluate,
  evaluateOwn,
  evaluateWithProof,
  finalise,
  finaliseVerified,
} from "./protocol.ts";
import { invertAll, order, putNumber, toNumber } from "./scalars.ts";
import { selfTest } from "./self-test.ts";

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const text = (value: string) => new TextEncoder().encode(value);
const code = (act: () => unknown): string => {
  try {
    act();
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

interface Vector {
  Batch: number;
  Blind: string;
  BlindedElement: string;
  EvaluationElement: string;
  Input: string;
  Output: string;
  Proof?: { proof: string; r: string };
}
interface Suite {
  identifier: string;
  mode: number;
  seed: string;
  keyInfo: string;
  skSm: string;
  pkSm?: string;
  vectors: Vector[];
}

const path = given("vectors/rfc9497.json");

describe.skipIf(path === null)("the published vectors of RFC 9497 (needs the given data)", () => {
  const suites = (): Promise<Suite[]> =>
    import("node:fs").then(({ readFileSync }) => JSON.parse(readFileSync(path!, "utf8")) as Suite[]);

  test("both modes of ristretto255-SHA512 that Simpul speaks come out byte for byte", async () => {
    let run = 0;
    for (const suite of await suites()) {
      if (suite.identifier !== "ristretto255-SHA512" || suite.mode > 1) continue;
      const mode = suite.mode === 0 ? "oprf" : "voprf";
      const keys = deriveKeyPair(engine, mode, fromHex(suite.seed), fromHex(suite.keyInfo));
      expect(toHex(keys.secretKey)).toBe(suite.skSm);
      if (suite.pkSm) expect(toHex(keys.publicKey)).toBe(suite.pkSm);
      for (const vector of suite.vectors) {
        const all = (list: string) => list.split(",").map(fromHex);
        const inputs = all(vector.Input);
        const sent = blindWith(engine, mode, inputs, join(...all(vector.Blind)));
        expect(toHex(sent.blinded)).toBe(vector.BlindedElement.replaceAll(",", ""));
        const evaluated = evaluate(engine, keys.secretKey, sent.blinded);
        expect(toHex(evaluated)).toBe(vector.EvaluationElement.replaceAll(",", ""));
        let outputs = finalise(engine, inputs, sent.blinds, evaluated);
        if (vector.Proof) {
          const answer = evaluateWithProof(engine, keys, sent.blinded, fromHex(vector.Proof.r));
          expect(toHex(answer.proof)).toBe(vector.Proof.proof);
          outputs = finaliseVerified(engine, { ...sent, inputs, publicKey: keys.publicKey }, answer);
        }
        expect(outputs.map(toHex).join(",")).toBe(vector.Output);
        expect(evaluateOwn(engine, mode, keys.secretKey, inputs).map(toHex).join(",")).toBe(vector.Output);
        run++;
      }
    }
    expect(run).toBe(5);
  });
});

test("the noble engine passes the test that every engine must pass before it is used", () => {
  expect(() => selfTest(engine)).not.toThrow();
});

describe("a check between two states", () => {
  const keys = deriveKeyPair(engine, "voprf", random.bytes(32), text("kh"));
  const inputs = ["+85512345678", "+6281234567890", "@fast_job_kk"].map(text);
  const sent = blind(engine, "voprf", inputs, random);
  const answer = evaluateWithProof(engine, keys, sent.blinded, random);
  const ask = { ...sent, inputs, publicKey: keys.publicKey };

  test("gives the asker what the holder computes from her own values, and the holder nothing twice the same", () => {
    const outputs = finaliseVerified(engine, ask, answer).map(toHex);
    expect(outputs).toEqual(evaluateOwn(engine, "voprf", keys.secretKey, inputs).map(toHex));
    expect(toHex(blind(engine, "voprf", inputs, random).blinded)).not.toBe(toHex(sent.blinded));
  });

  test("a peer that uses another key than the one it published is caught by the proof", () => {
    const other = deriveKeyPair(engine, "voprf", random.bytes(32), text("kh"));
    const wrong = evaluateWithProof(engine, other, sent.blinded, random);
    expect(code(() => finaliseVerified(engine, ask, wrong))).toBe("BAD_PROOF");
    const pretending = evaluateWithProof(
      engine,
      { ...other, publicKey: keys.publicKey },
      sent.blinded,
      random,
    );
    expect(code(() => finaliseVerified(engine, ask, pretending))).toBe("BAD_PROOF");
  });

  test("a peer that evaluates one item of a batch with another key is caught", () => {
    const other = deriveKeyPair(engine, "voprf", random.bytes(32), text("kh"));
    const one = evaluate(engine, other.secretKey, sent.blinded.subarray(32, 64));
    const evaluated = answer.evaluated.slice();
    evaluated.set(one, 32);
    expect(code(() => finaliseVerified(engine, ask, { ...answer, evaluated }))).toBe("BAD_PROOF");
  });

  test("one changed bit anywhere in the answer is refused", () => {
    fc.assert(
      fc.property(fc.nat(answer.evaluated.length * 8 - 1), fc.nat(511), (inElement, inProof) => {
        const evaluated = answer.evaluated.slice();
        evaluated[inElement >> 3]! ^= 1 << (inElement & 7);
        expect(["NOT_AN_ELEMENT", "BAD_PROOF"]).toContain(
          code(() => finaliseVerified(engine, ask, { ...answer, evaluated })),
        );
        const proof = answer.proof.slice();
        proof[inProof >> 3]! ^= 1 << (inProof & 7);
        expect(code(() => finaliseVerified(engine, ask, { ...answer, proof }))).toBe("BAD_PROOF");
      }),
      { numRuns: 15 },
    );
  });

  test("elements that are the identity, not canonical, torn or too many are refused before any work", () => {
    const refused = (blinded: Uint8Array) => code(() => evaluate(engine, keys.secretKey, blinded));
    expect(refused(new Uint8Array(32))).toBe("NOT_AN_ELEMENT");
    expect(refused(new Uint8Array(32).fill(0xff))).toBe("NOT_AN_ELEMENT");
    // RFC 9496 appendix A.3: non-canonical, negative and non-square encodings.
    for (const bad of [
      "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
      "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
    ])
      expect(refused(fromHex(bad))).toBe("NOT_AN_ELEMENT");
    expect(refused(sent.blinded.subarray(0, 40))).toBe("BAD_LENGTH");
    expect(refused(new Uint8Array(0))).toBe("EMPTY");
    expect(refused(new Uint8Array(32 * 65_536))).toBe("TOO_MANY");
    expect(code(() => blind(engine, "voprf", [new Uint8Array(65_536)], random))).toBe("TOO_LONG");
  });

  test("scalars that are zero or beyond the order are refused", () => {
    const edge = new Uint8Array(32);
    putNumber(order, edge, 0);
    for (const scalar of [new Uint8Array(32), edge])
      expect(code(() => evaluate(engine, scalar, sent.blinded))).toBe("NOT_A_SCALAR");
    expect(code(() => finaliseVerified(engine, ask, { ...answer, proof: join(edge, edge) }))).toBe(
      "BAD_PROOF",
    );
  });
});

test("many blinds are inverted at once as each alone", () => {
  const wide = fc.uint8Array({ minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(fc.array(wide, { minLength: 1, maxLength: 9 }), (seeds) => {
      const scalars = engine.reduce(join(...seeds));
      fc.pre(seeds.every((_, i) => toNumber(scalars.subarray(i * 32, i * 32 + 32)) !== 0n));
      const inverses = invertAll(scalars);
      for (let i = 0; i < seeds.length; i++) {
        const part = (packed: Uint8Array) => toNumber(packed.subarray(i * 32, i * 32 + 32));
        expect((part(scalars) * part(inverses)) % order).toBe(1n);
      }
    }),
  );
});
