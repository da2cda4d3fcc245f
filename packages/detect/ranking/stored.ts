// A wording model as bytes: kept with its version, put back as it was, compared by its digest.
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { DetectError } from "../errors.ts";
import type { LinearModel } from "./linear.ts";
import { dimensions, type Terms } from "./wording.ts";

const form = 1;
const most = 64 * 1024 * 1024;

interface Head {
  form: number;
  version: string;
  terms: Terms;
  bias: number;
  learned: { yes: number; no: number };
  slots: number;
}

/** Only terms that weigh something are kept; the same model gives the same bytes. */
export function packModel(model: LinearModel): Uint8Array {
  const slots: number[] = [];
  for (let slot = 0; slot < dimensions; slot++) if (model.weights[slot] !== 0) slots.push(slot);
  const head: Head = {
    ...{ form, version: model.version, terms: model.terms, bias: model.bias, learned: model.learned },
    slots: slots.length,
  };
  const text = Buffer.from(JSON.stringify(head));
  const bytes = Buffer.alloc(4 + text.length + slots.length * 12);
  bytes.writeUInt32LE(text.length, 0);
  text.copy(bytes, 4);
  let at = 4 + text.length;
  let before = 0;
  for (const slot of slots) {
    // Steps from slot to slot pack better than the slots themselves.
    bytes.writeUInt32LE(slot - before, at);
    bytes.writeFloatLE(model.rarity[slot]!, at + 4);
    bytes.writeFloatLE(model.weights[slot]!, at + 8);
    before = slot;
    at += 12;
  }
  return deflateRawSync(bytes, { level: 6 });
}

/** Throws `MODEL_UNREADABLE` for anything that {@link packModel} did not write. */
export function unpackModel(packed: Uint8Array): LinearModel {
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: most });
    const length = bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.subarray(4, 4 + length).toString("utf8")) as Head;
    if (head.form !== form || bytes.length !== 4 + length + head.slots * 12) throw new Error("form");
    const rarity = new Float32Array(dimensions);
    const weights = new Float32Array(dimensions);
    let slot = 0;
    for (let at = 4 + length; at < bytes.length; at += 12) {
      slot += bytes.readUInt32LE(at);
      if (slot >= dimensions) throw new Error("slot");
      rarity[slot] = bytes.readFloatLE(at + 4);
      weights[slot] = bytes.readFloatLE(at + 8);
    }
    const { version, terms, bias, learned } = head;
    return { version, terms, rarity, weights, bias, learned };
  } catch (cause) {
    throw new DetectError("MODEL_UNREADABLE", "a wording model", cause);
  }
}
