// An engine proves itself on published vectors before it is used: RFC 9497 appendix A.1.2, a batch of two.
import { fromHex, join, same } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { blindWith, deriveKeyPair, evaluateOwn, evaluateWithProof, finaliseVerified } from "./protocol.ts";
import { verifyProof } from "./proof.ts";

const vector = {
  keyInfo: "74657374206b6579",
  secretKey: "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909",
  publicKey: "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e",
  inputs: ["00", "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"],
  blinds: [
    "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
    "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
  ],
  blinded: [
    "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
    "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654",
  ],
  evaluated: [
    "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
    "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a",
  ],
  proof:
    "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08",
  r: "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
  outputs: [
    "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c",
    "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6",
  ],
};

/** Throws `ENGINE_UNFIT` unless the engine reproduces every byte of the vector and refuses what is not an element. */
export function selfTest(engine: OprfEngine): void {
  const fail = (what: string): never => {
    throw new OprfError("ENGINE_UNFIT", `${engine.name}: ${what}`);
  };
  const is = (what: string, got: Uint8Array, expected: Uint8Array) => {
    if (!same(got, expected)) fail(what);
  };
  const inputs = vector.inputs.map(fromHex);
  const keys = deriveKeyPair(engine, "voprf", new Uint8Array(32).fill(0xa3), fromHex(vector.keyInfo));
  is("secret key", keys.secretKey, fromHex(vector.secretKey));
  is("public key", keys.publicKey, fromHex(vector.publicKey));
  const sent = blindWith(engine, "voprf", inputs, join(...vector.blinds.map(fromHex)));
  is("blinded", sent.blinded, join(...vector.blinded.map(fromHex)));
  const answer = evaluateWithProof(engine, keys, sent.blinded, fromHex(vector.r));
  is("evaluated", answer.evaluated, join(...vector.evaluated.map(fromHex)));
  is("proof", answer.proof, fromHex(vector.proof));
  const outputs = finaliseVerified(engine, { ...sent, inputs, publicKey: keys.publicKey }, answer);
  is("output", join(...outputs), join(...vector.outputs.map(fromHex)));
  is("own output", join(...evaluateOwn(engine, "voprf", keys.secretKey, inputs)), join(...outputs));

  if (engine.isElement(new Uint8Array(32))) fail("the identity passes as an element");
  const highBit = sent.blinded.slice(0, 32);
  highBit[31]! |= 0x80;
  for (const bad of [fromHex(notCanonical), highBit])
    if (engine.isElement(bad)) fail("an encoding that is not canonical passes as an element");
  const altered = {
    ...answer,
    evaluated: join(answer.evaluated.subarray(32), answer.evaluated.subarray(0, 32)),
  };
  try {
    verifyProof(
      engine,
      { publicKey: keys.publicKey, blinded: sent.blinded, evaluated: altered.evaluated },
      answer.proof,
    );
  } catch (error) {
    if (error instanceof OprfError && error.code === "BAD_PROOF") return;
    throw error;
  }
  fail("a wrong proof passes");
}

/** The prime of the field itself, which no canonical encoding may hold (RFC 9496 appendix A.3). */
const notCanonical = "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
