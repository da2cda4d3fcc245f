// A wording model as bytes: kept with its version, put back as it was, compared by its digest.
import { DetectError } from "../errors.ts";
import type { LinearModel } from "./linear.ts";
import { dimensions, type Terms } from "./wording.ts";

const form = 1;
/** Of one term: the step from the slot before, its rarity, its weight. */
const width = 12;

interface Head {
  form: number;
  version: string;
  terms: Terms;
  bias: number;
  learned: { yes: number; no: number };
  slots: number;
}

/** Only terms that weigh something are kept; the same model gives the same bytes, which pack well. */
export function packModel(model: LinearModel): Uint8Array {
  const slots: number[] = [];
  for (let slot = 0; slot < dimensions; slot++) if (model.weights[slot] !== 0) slots.push(slot);
  const { version, terms, bias, learned } = model;
  const head: Head = { form, version, terms, bias, learned, slots: slots.length };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(4 + text.length + slots.length * width);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = 4 + text.length;
  let before = 0;
  for (const slot of slots) {
    view.setUint32(at, slot - before, true);
    view.setFloat32(at + 4, model.rarity[slot]!, true);
    view.setFloat32(at + 8, model.weights[slot]!, true);
    before = slot;
    at += width;
  }
  return bytes;
}

/** Throws `MODEL_UNREADABLE` for anything that {@link packModel} did not write. */
export function unpackModel(bytes: Uint8Array): LinearModel {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const begin = 4 + view.getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, begin))) as Head;
    if (head.form !== form || bytes.length !== begin + head.slots * width) throw new Error("form");
    const rarity = new Float32Array(dimensions);
    const weights = new Float32Array(dimensions);
    let slot = 0;
    for (let at = begin; at < bytes.length; at += width) {
      slot += view.getUint32(at, true);
      if (slot >= dimensions) throw new Error("slot");
      rarity[slot] = view.getFloat32(at + 4, true);
      weights[slot] = view.getFloat32(at + 8, true);
    }
    const { version, terms, bias, learned } = head;
    return { version, terms, rarity, weights, bias, learned };
  } catch (cause) {
    throw new DetectError("MODEL_UNREADABLE", "a wording model", cause);
  }
}
