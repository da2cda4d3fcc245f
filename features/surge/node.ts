// What the surge room asks of its node, and what one process remembers while desks are open: runs of lists, and claims.
import type { Id, NodeCode, Random } from "@simpul/model";
import type { OpenStore, Standing } from "@simpul/store";
import type { Directory } from "../access/contract.ts";
import type { AtDesk, Compartment, OpenDesk } from "../victims/contract.ts";
import type { ReadSheets, Zawgyi } from "./contract.ts";
import type { Embassies } from "./embassies.ts";
import type { StateReader } from "./reading/states.ts";

export interface Claim {
  officer: Id;
  name: string;
  team: string;
  at: number;
}

/** Nothing of it is written anywhere: who screens whom is nobody's to read. A restart gives everybody back to the queue. */
export interface SurgeMemory {
  /** Lists that become people right now, in this process. */
  running: Map<Id, Promise<void>>;
  /** Persons in hand, by person. */
  claims: Map<Id, Claim>;
  /** Persons of wristbands, by code, as hashes once computed. */
  wearers: Map<string, Id>;
}
export const newSurgeMemory = (): SurgeMemory => ({
  running: new Map(),
  claims: new Map(),
  wearers: new Map(),
});

export interface SurgeNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  random: Random;
  compartment: Compartment;
  directory: Directory;
  readSheets: ReadSheets;
  zawgyi: Zawgyi;
  states: StateReader;
  embassies: Embassies;
  memory: SurgeMemory;
  wake(topic: string): void;
  /** Hears why a list stopped on its way. */
  failed(fault: unknown): void;
}

export const standingOf = ({ officer, purpose }: AtDesk): Standing => ({ actor: officer, purpose });
export const open = (node: SurgeNode, who: AtDesk): Promise<OpenDesk> => node.compartment.open(who);
