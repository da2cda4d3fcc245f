// The Cedar schema: which kinds there are, what is known of each, and which act is about which kind.
import { acts, type RecordKind } from "./acts.ts";

/** How each kind of record is called in Cedar. */
export const entityTypes = {
  case: "Case",
  desk: "Desk",
  item: "Item",
  request: "Request",
  release: "Release",
  node: "Node",
  belonging: "Belonging",
  order: "Order",
  space: "Space",
} as const satisfies Record<RecordKind, string>;

const entities = `
  type Terms = { codes: Set<String>, foreign: Bool, permitted: Set<String> };
  entity Node;
  entity Agency;
  entity Desk = { agency: Agency };
  entity Officer = { agency: Agency, agencyKind: String, desk: Desk, roles: Set<String> };
  entity Case = {
    agency: Agency, desk: Desk, covert: Bool, closed: Bool,
    team: Set<Officer>, leads: Set<Officer>, opened: Set<Officer>, terms?: Terms
  };
  entity Item = { agency: Agency, desk: Desk, takenInBy?: Officer, case?: Case, terms?: Terms };
  entity Request = { outgoing: Bool, desk?: Desk, agency?: Agency, author?: Officer, case?: Case };
  entity Release = { request: Request, author: Officer, terms: Terms };
  entity Belonging = { owner: Officer };
  entity Order = { author?: Officer };
  entity Space = { open: Bool, members: Set<Officer>, contributors: Set<Officer> };
  type Circumstances = {
    purpose: String,
    // Seconds since the second factor was last shown in this session; absent when never.
    factorAge?: Long,
    // A proof was made for exactly this act on this record and is still fresh.
    proven: Bool,
    // This state asks for a colleague's word on it, and none was given.
    wordMissing: Bool,
    // Needs taken as met, to learn whether anything else stands in the way.
    waived: Set<String>
  };`;

const actions = Object.entries(acts).map(
  ([act, kinds]) => `
  action "${act}" appliesTo {
    principal: [Officer], resource: [${kinds.map((kind) => entityTypes[kind]).join(", ")}], context: Circumstances
  };`,
);

export const schema = `namespace Simpul {${entities}${actions.join("")}\n}\n`;
