// The scenarios that are shipped, and whether this node has every door that something of them comes in by.
import { readdirSync, readFileSync } from "node:fs";
import type { Enters, Script } from "./contract.ts";
import { files } from "./material.ts";
import { readScript } from "./script.ts";

const folder = new URL("./scripts/", import.meta.url);
let shipped: readonly Script[] | undefined;

/** Read once; throws `NOT_A_SCRIPT` for a file that is none. */
export const shippedScripts = (): readonly Script[] =>
  (shipped ??= readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => readScript(readFileSync(new URL(file, folder), "utf8"))));

/** A door of the node as an exercise uses it: something comes in just as it would in earnest. */
export interface Door {
  /** Whether it can take this. */
  fits(what: Readonly<Record<string, string>>): boolean;
  /**
   * Lets it in. `once` is the same for the same step of the same run: asked twice, it comes in once. Gives why it cannot
   * be let in now, null when it is in.
   */
  enter(what: Readonly<Record<string, string>>, once: string): Promise<string | null>;
}
export type Doors = Readonly<Record<string, Door>>;

const byHand = (fits: Door["fits"]): Door => ({ fits, enter: () => Promise.resolve(null) });

/** What needs no door of another feature: what a desk's act brings about, what is told, what is put into a hand. */
export const ownDoors: Doors = {
  follows: byHand(() => true),
  telephone: byHand(() => true),
  file: byHand(({ file = "" }) => Object.hasOwn(files, file)),
};

const isThere = (doors: Doors, { by, with: what = {} }: Enters): boolean =>
  Object.hasOwn(doors, by) && doors[by]!.fits(what);

/** Doors that something of it would have to come in by and that are not there. A script with one is not offered. */
export const missingDoors = (script: Script, doors: Doors): string[] => [
  ...new Set(script.steps.filter(({ enters }) => !isThere(doors, enters)).map(({ enters }) => enters.by)),
];
