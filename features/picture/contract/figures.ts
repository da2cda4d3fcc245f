// The figures of the region, as data: what each counts, by which definition, of which unit of IC-TIP, in which rows and columns.
import { regionStates } from "@simpul/model";
import type { Tells } from "../protect/withhold.ts";
import { areaCodes } from "./areas.ts";

/** The four units of the International Classification Standard for Administrative Data on Trafficking in Persons. */
export const units = ["event", "victim", "perpetrator", "entity"] as const;
export type Unit = (typeof units)[number];

const forms = ["forced-criminality", "forced-labour", "sexual", "child-labour", "marriage", "other"];
/** Values of the rows or columns of a table, always all of them: a row that came and went would tell of a person. */
export const axes = {
  all: ["all"],
  crime: [
    ...["trafficking-forced-criminality", "trafficking-labour", "trafficking-sexual", "trafficking-child"],
    ...["trafficking-other", "recruitment", "smuggling-migrants", "illegal-confinement", "online-fraud"],
    ...["laundering", "corruption", "obstruction", "organised-group", "immigration", "documents"],
    ...["labour-dispute", "missing-person", "other"],
  ],
  area: [...areaCodes, "other"],
  place: ["site", "recruitment", "transit", "border"],
  /** Forced criminality apart; it goes before every other form. */
  form: [...forms, "not-said"],
  /** A child by what is said or by doubt (Palermo Protocol art. 3(d)). */
  person: ["woman", "man", "girl", "boy", "other", "not-said"],
  state: [...regionStates, "other", "not-said"],
  "other-state": [...regionStates, "other"],
  channel: ["telegram", "facebook", "whatsapp", "other-app", "acquaintance", "agency", "other", "not-said"],
  offence: ["trafficking-child", "trafficking", "confinement", "online-fraud", "laundering", "immigration"],
  accused: ["person", "organisation"],
  verdict: ["convicted", "acquitted"],
  asset: ["account", "wallet"],
  freeze: ["frozen", "partly", "refused"],
  reply: ["full", "partial", "none-held", "refused", "transferred", "withdrawn"],
  wait: ["day", "week", "month", "longer"],
  hit: ["followed", "not-followed"],
  legal: ["executed", "partly", "refused", "withdrawn"],
  parties: ["one", "two", "three", "more"],
  operation: ["held", "called-back"],
  source: ["pasted", "file", "telegram", "feed", "hotline", "form"],
  found: ["recruitment", "other-fraud", "legitimate", "unclear"],
  size: ["few", "tens", "hundreds"],
  step: ["case", "warning", "platform", "labour"],
  answer: ["open", "done", "partly", "refused"],
  gap: [
    ...[
      "no-offence",
      "no-means-for-child",
      "no-non-punishment",
      "no-early-testimony",
      "no-video",
      "no-basis",
    ],
    ...["no-dual-criminality", "no-freezing", "no-electronic-evidence", "no-compensation"],
    ...["nationals-not-extradited", "other"],
  ],
} as const satisfies Record<string, readonly string[]>;
export type Axis = keyof typeof axes;

/** One way of counting one figure. Another version is another series and stands beside it, never added to it. */
export interface Definition {
  figure: string;
  version: number;
  unit: Unit;
  /**
   * `persons`: whoever is counted, or is behind what is counted, is a person, so noise, threshold and rounding come first.
   * `acts`: of authorities, adverts, gaps of the law; published as they are.
   */
  protects: "persons" | "acts";
  /** `victim-desk`: counted and protected by an open victim desk, which hands over nothing else (VIC-1). */
  counts: "node" | "victim-desk";
  /** What stays where more must be withheld than is small: its sums, or its single cells (a map draws those). */
  tells: Tells;
  rows: Axis;
  columns: Axis;
  /** Months that are counted so: the first, and the last where a later version follows. */
  from: string;
  until: string | null;
}

const of = (
  figure: string,
  unit: Unit,
  [rows, columns]: [Axis, Axis],
  more: Partial<Definition> = {},
): Definition => ({
  ...{ figure, version: 1, unit, rows, columns, from: "2024-01", until: null },
  ...{ protects: "persons", counts: "node", tells: "sums", ...more },
});
const acts = { protects: "acts" } as const;
const desk = { counts: "victim-desk" } as const;

/** In the order in which the room shows them. Title: `picture.figure.<figure>`; how it is counted: `picture.counted.<figure>.<version>`. */
export const definitions: readonly Definition[] = [
  of("victims-presumed", "victim", ["form", "person"], desk),
  of("victims-identified", "victim", ["form", "person"], desk),
  of("victims-routes", "victim", ["state", "state"], { ...desk, tells: "cells" }),
  of("victims-recruitment", "victim", ["channel", "all"], desk),
  of("victims-returned", "victim", ["state", "all"], desk),
  of("cases-opened", "event", ["crime", "all"]),
  of("sites-by-area", "event", ["area", "place"]),
  of("operations-held", "event", ["parties", "operation"], acts),
  of("adverts-found", "event", ["source", "found"], acts),
  of("campaigns-found", "event", ["found", "size"], acts),
  of("adverts-answered", "event", ["step", "answer"], acts),
  of("persons-accused", "perpetrator", ["accused", "all"]),
  of("persons-charged", "perpetrator", ["offence", "accused"]),
  of("persons-judged", "perpetrator", ["offence", "verdict"]),
  of("assets-frozen", "perpetrator", ["asset", "freeze"]),
  of("requests-answered", "entity", ["other-state", "reply"]),
  of("requests-time", "entity", ["other-state", "wait"]),
  of("checks-hits", "entity", ["other-state", "hit"]),
  of("assistance-ended", "entity", ["other-state", "legal"]),
  of("legal-gaps", "entity", ["gap", "other-state"], acts),
];

/** The definition of a table that came, also where a later one follows it; null where nobody agreed on one. */
export const definitionOf = (
  figure: string,
  version: number,
  agreed: readonly Definition[] = definitions,
): Definition | null => agreed.find((one) => one.figure === figure && one.version === version) ?? null;

/** By which definition a figure is counted in a month; null before its first. */
export const definitionIn = (
  figure: string,
  month: string,
  agreed: readonly Definition[] = definitions,
): Definition | null =>
  agreed.find(
    (one) => one.figure === figure && one.from <= month && (one.until === null || month <= one.until),
  ) ?? null;
