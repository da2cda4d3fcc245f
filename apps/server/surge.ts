// Lists of many people: read by what evidence has for reading, kept by the compartment.
import { ReadingError } from "@simpul/features/evidence/contract.ts";
import { readSheets } from "@simpul/features/evidence/reading/rows.ts";
import { fromZawgyi, zawgyiLikelihood } from "@simpul/detect";
import { SurgeError, surgeRefusals, type ReadSheets } from "@simpul/features/surge/contract.ts";
import { embassiesAt } from "@simpul/features/surge/embassies.ts";
import { newSurgeMemory, type SurgeMemory, type SurgeNode } from "@simpul/features/surge/node.ts";
import { stateReader, type StateReader } from "@simpul/features/surge/reading/states.ts";
import type { Compartment } from "@simpul/features/victims/contract.ts";
import type { VictimsNode } from "@simpul/features/victims/node.ts";
import { surgeRoutes } from "@simpul/features/surge/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

const memories = new WeakMap<Node, SurgeMemory>();
let states: StateReader | undefined;

/** What the reader of evidence says of a file, in the words of this room. */
const sheets: ReadSheets = (name, bytes) =>
  readSheets(name, bytes).catch((fault: unknown) => {
    if (!(fault instanceof ReadingError)) throw fault;
    if (fault.code === "PASSWORD_PROTECTED") throw new SurgeError("LIST_LOCKED");
    const large = fault.code === "TOO_LARGE_TO_READ" || fault.code === "ZIP_BOMB";
    throw new SurgeError(large ? "LIST_TOO_LONG" : "LIST_UNREADABLE", fault.code);
  });

export function surgeNode(node: Node, victims: VictimsNode, compartment: Compartment): SurgeNode {
  const { code, exercise, store, random } = node;
  const memory = memories.get(node) ?? newSurgeMemory();
  memories.set(node, memory);
  return {
    ...{ code, exercise, store, random, compartment, memory },
    readSheets: sheets,
    directory: victims.directory,
    zawgyi: { likelihood: zawgyiLikelihood, toUnicode: fromZawgyi },
    // Made when the first list is read: it knows every state in twelve languages.
    states: { read: (cell) => (states ??= stateReader()).read(cell) },
    embassies: embassiesAt(node.terms.embassies, code),
    wake: (topic) => victims.wake(topic),
    failed: (err) => node.log.warn({ err }, "a list stopped on its way; it goes on when the desk is open"),
  };
}

export const surgeRoom = (surge: SurgeNode): Room => ({
  doors: [["/api/surge", surgeRoutes(surge)]],
  refusals: surgeRefusals,
});
