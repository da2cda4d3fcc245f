// Free texts with their languages, and translations that stand beside them; the original always prevails.
import type { Evaluation, Handling, Id, NodeCode } from "@simpul/model";

/** A text that somebody wrote freely, where it stands and on what terms. */
export interface FreeText {
  /** The request, or the answer. */
  about: Id;
  /** E.g. `whyThere`, `facts.0`, `narrative.2`. */
  field: string;
  text: string;
  language: string;
  /** Those of what it translates hold for a translation too (HC-4). */
  handling: Handling;
  evaluation: Evaluation | null;
  originator: NodeCode;
}

export interface Translation {
  id: Id;
  about: Id;
  field: string;
  language: string;
  into: string;
  text: string;
  /** The service by its host where a machine made it; null: the officer did, and answers for it. */
  machine: string | null;
  /** Null where it came with the words. */
  by: Id | null;
  /** Who translated it in the state that sent the words. */
  from: { state: NodeCode; officer: string } | null;
  at: string;
  /** States that have the words and not yet this translation; empty for what is not ours to send. */
  sendTo: NodeCode[];
  /** To whom it went after the words. */
  sentTo: NodeCode[];
}

/** `off`; a service of the state's own; one of somebody else's, to which not every text may go. */
export type MachineState = "off" | "own" | "third-party";

export interface Translations {
  texts: (Pick<FreeText, "about" | "field" | "language"> & {
    /** Why no machine may have it; null where one may. */
    noMachine: NoMachine | null;
    /** Ours, and still at home: an officer's translation goes along with it. */
    leaves: boolean;
  })[];
  translations: Translation[];
  machine: MachineState;
}
export type NoMachine = "off" | "victim" | "terms";

export interface AskTranslation {
  about: Id;
  field: string;
  /** Of the original, as the translator reads it: hers corrects what was detected or said. */
  language: string;
  into: string;
  text: string;
}

/** A service for machine translation, as the server hands it in. */
export interface Translator {
  host: string;
  /** It runs at this state's own house: nothing leaves with what is asked there. */
  own: boolean;
  /** Throws `NO_TRANSLATION` when it is silent, slow or does not know the languages. */
  translate(text: string, from: string, into: string): Promise<string>;
}
