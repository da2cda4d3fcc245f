// What the test of rights expects of a route: the kinds of expectation, and how each is written.
import type { Act } from "../../packages/policy/index.ts";
import type { Actor, Target, World } from "./world.ts";

/** What a route is about: records of these the world holds for every case, others a room of `worlds/` puts in by its own name. */
export type About = "case" | "item" | "check" | "outgoing" | "incoming" | "answer" | "node" | (string & {});

export type Rule =
  /** Answers before anybody signed in. */
  | { kind: "open" }
  /** Only about the officer herself, whoever she is. */
  | { kind: "own" }
  /** Lists what she sees: everybody may ask, and nothing that she does not see may stand in the answer. */
  | { kind: "lists"; query?: (world: World) => string }
  /** Decided by any of these acts on this record. */
  | {
      kind: "act";
      about: About;
      any: readonly Act[];
      /** What the room asks beside its policy: that it is her desk's, that she asked for it herself. */
      only?: (actor: Actor, target: Target) => boolean;
      /** Who may do this at the node at all sees it too: oversight sees that a check was asked. */
      or?: Act;
      query?: (of: Of) => string;
      /** Without it the body is written as the door's own schema wants it, of what is there. */
      body?: (of: Of, world: World) => unknown;
    }
  /**
   * What it takes cannot be made by chance, so that its own file tries who may, calling the route by its last word or the
   * function `by`. Who may do none of `gate` at the node does not even come in: that is tried here, for every officer and
   * purpose. Without a file that is all that is tried of its rights.
   */
  | { kind: "elsewhere"; file: string | null; by?: string; gate?: readonly Act[] };

export type Rules = Readonly<Record<string, Rule>>;

/** The ids by which a route names what it is about. */
export interface Of {
  ids: Readonly<Record<string, string>>;
  case: { id: string; number: string };
}

export const open: Rule = { kind: "open" };
export const own: Rule = { kind: "own" };
export const lists: Rule = { kind: "lists" };
export const act = (
  about: About,
  any: Act | readonly Act[],
  more: Omit<Extract<Rule, { kind: "act" }>, "kind" | "about" | "any"> = {},
): Rule => ({ kind: "act", about, any: typeof any === "string" ? [any] : any, ...more });
/** Tried by that file; `gate` names the acts without any of which nobody comes in. */
export const elsewhere = (file: string, ...gate: readonly Act[]): Rule => ({
  kind: "elsewhere",
  file,
  ...(gate.length === 0 ? {} : { gate }),
});
/** The same, where the file calls the act itself and no route. */
export const calledBy = (file: string, by: string, ...gate: readonly Act[]): Rule => ({
  ...elsewhere(file, ...gate),
  ...{ kind: "elsewhere", file, by },
});
/** Nobody without one of these acts comes in; past that, row security and the act's own test of another route speak. */
export const gated = (...gate: readonly Act[]): Rule => ({ kind: "elsewhere", file: null, gate });

export const byCase = (of: Of): string => `case=${of.case.id}`;
export const reason = () => ({ reason: "EXERCISE reason" });

const asked = process.env["SIMPUL_ROOMS"]?.split(",");
/** Whether a room is tried, by the first word of its addresses; all are, unless `SIMPUL_ROOMS=joint,targets` names some. */
export const isAsked = (room: string): boolean => asked === undefined || asked.includes(room);
