// The private check over the wire: Cambodia answers without seeing the number, and a wrong key is caught by its proof.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  blind,
  evaluateOwn,
  evaluateWithProof,
  finaliseVerified,
  fromBase64url,
  nobleEngine as engine,
  padTags,
  readElements,
  selectorInput,
  TagSet,
  tagOf,
  toBase64url,
  typeKey,
} from "@simpul/match/oprf";
import { Id } from "@simpul/model";
import { makePair, random, systemClock, until, type TestNode } from "../../testing/exchange-pair.ts";

let id: TestNode;
let kh: TestNode;
beforeAll(async () => {
  [id, kh] = await makePair();
});
afterAll(() => Promise.all([id.close(), kh.close()]));

const phone = (canonical: string) => selectorInput({ type: "phone", profile: "phone/1", canonical });
const name = { node: "kh" as never, type: "phone" as const, epoch: "2031-07" };
const published = typeKey(engine, new Uint8Array(32).fill(5), name);
const stolen = typeKey(engine, new Uint8Array(32).fill(6), name);
const recruiter = "+85512345678";
const tags = new TagSet(
  padTags(engine, evaluateOwn(engine, "voprf", published.secretKey, [phone(recruiter)]).map(tagOf), {
    step: 50,
    seed: new Uint8Array(32),
    key: published.published,
  }),
);

/** One check from Indonesia of Cambodia, answered under the given key. */
async function check(numbers: readonly string[], key: typeof published): Promise<boolean[]> {
  const inputs = numbers.map(phone);
  const asked = blind(engine, "voprf", inputs, random);
  kh.onEnvelope = async (tx, envelope) => {
    const { elements } = envelope.body as { elements: string };
    const answer = evaluateWithProof(
      engine,
      { ...key, publicKey: published.publicKey },
      readElements(elements),
      random,
    );
    await tx.send({
      id: Id.make({ clock: systemClock, random }),
      to: id.code,
      kind: "check.answer",
      body: { evaluated: toBase64url(answer.evaluated), proof: toBase64url(answer.proof) },
    });
  };
  const before = id.taken.length;
  await id.send(kh.code, "check.ask", { elements: toBase64url(asked.blinded) });
  await until(() => id.taken.length > before);
  expect(JSON.stringify(kh.taken.at(-1)!.body)).not.toContain("12345678");
  const body = id.taken.at(-1)!.body as { evaluated: string; proof: string };
  const answer = { evaluated: readElements(body.evaluated), proof: fromBase64url(body.proof) };
  const outputs = finaliseVerified(engine, { ...asked, inputs, publicKey: published.publicKey }, answer);
  return outputs.map((output) => tags.has(tagOf(output)));
}

test("a state learns that another knows the number, and nothing more", async () => {
  expect(await check([recruiter, "+85598765432"], published)).toEqual([true, false]);
});

test("a peer that answers with another key than the one it published is not believed", async () => {
  await expect(check([recruiter], stolen)).rejects.toThrow("BAD_PROOF");
});
