// What the open victim desk counts of possible victims for the region's picture: each person in one month and one cell, raw
// and in memory only; what leaves the desk is protected first (VIC-1, STAT-1).
import type { NodeCode } from "@simpul/model";
import type { Count, Span } from "../picture/contract.ts";
import { entriesOf, statusKind, type Person } from "../victims/contract.ts";
import { accountOf } from "./taking-in.ts";

/** What other rooms know of a person's entries, handed in by the server. */
export interface TheirWords {
  /** Indicators that her screening showed (codes of the question set). */
  indicators(person: Person): readonly string[];
  /** When her journey home was first written down as done; null while it was not. */
  homeAt(person: Person): string | null;
}

/** Forms by the codes of HTCDS 2.0 and of the extension, forced criminality before every other. */
const forms: readonly [form: string, codes: readonly string[]][] = [
  ["forced-criminality", ["ForcedCriminality", "scam-work", "other-crime", "could-not-refuse"]],
  ["forced-labour", ["ForcedLabour", "Servitude", "ForcedBegging", "labour-not-chosen"]],
  ["sexual", ["SexualExploitation", "sexual-exploitation"]],
  ["child-labour", ["ChildLabour"]],
  ["marriage", ["ForcedMarriage"]],
];

const apps: Readonly<Record<string, string>> = {
  Telegram: "telegram",
  Facebook: "facebook",
  FacebookMessenger: "facebook",
  WhatsApp: "whatsapp",
};

/** The eleven states by the three letters that files have too. */
const three: Readonly<Record<string, string>> = {
  ...{ BRN: "bn", IDN: "id", KHM: "kh", LAO: "la", MMR: "mm", MYS: "my", PHL: "ph", SGP: "sg", THA: "th" },
  ...{ TLS: "tl", VNM: "vn" },
};

function stateOf(said: string | undefined): string {
  const code = said?.trim().toUpperCase() ?? "";
  if (code === "") return "not-said";
  return three[code] ?? (/^[A-Z]{2}$/.test(code) ? code.toLowerCase() : "other");
}

export function formOf(person: Person, words: TheirWords): string {
  const account = accountOf(person);
  const said = new Set([...account.exploitation, ...words.indicators(person)]);
  if (account.forcedTo.length > 0) return "forced-criminality";
  const [form] = forms.find(([, codes]) => codes.some((code) => said.has(code))) ?? [
    account.exploitation.length > 0 ? "other" : "not-said",
  ];
  return form;
}

/** A child where there is doubt (ACTIP art. 14(2)). */
function kindOf({ facts, age }: Person): string {
  const child = age === "child" || age === "doubt";
  if (facts.sex === "female") return child ? "girl" : "woman";
  if (facts.sex === "male") return child ? "boy" : "man";
  return facts.sex === "other" ? "other" : "not-said";
}

export function channelOf(person: Person, words: TheirWords): string {
  const { recruitment, recruitmentApps, relation } = accountOf(person);
  const [app] = recruitmentApps;
  if (app !== undefined) return apps[app] ?? "other-app";
  const how = recruitment[0] ?? "";
  if (/Online/.test(how)) return "other-app";
  if (/Family|Friends/.test(how) || relation === "Familial" || relation === "Acquainted")
    return "acquaintance";
  if (how === "AtAPlaceOfBusiness" || how === "AtWork") return "agency";
  if (how !== "") return "other";
  return words.indicators(person).includes("online-offer") ? "other-app" : "not-said";
}

/** When an authority of this state first said one of these of her; null while none did. */
function firstSaid(person: Person, state: NodeCode, statuses: readonly string[]): string | null {
  const found = entriesOf(person, statusKind)
    .filter(({ data }) => data.state === state && statuses.includes(data.status))
    .map(({ at }) => at)
    .sort();
  return found[0] ?? null;
}

/** The figures of a month, by figure; every person stands in one cell of each at most. */
export function victimCounts(
  people: Iterable<Person>,
  state: NodeCode,
  { from, until }: Span,
  words: TheirWords,
): Record<string, Count[]> {
  const counted = new Map<string, Map<string, Count>>();
  const add = (figure: string, row: string, column: string): void => {
    const of = counted.get(figure) ?? new Map<string, Count>();
    const cell = of.get(`${row} ${column}`) ?? { row, column, count: 0 };
    of.set(`${row} ${column}`, { ...cell, count: cell.count + 1 });
    counted.set(figure, of);
  };
  const within = (at: string | null): boolean => {
    const when = at === null ? NaN : Date.parse(at);
    return when >= from.getTime() && when < until.getTime();
  };
  for (const person of people) {
    const nationality = stateOf(person.facts.nationalities[0]);
    if (within(firstSaid(person, state, ["presumed", "identified"]))) {
      const held = accountOf(person).events.find((one) => one.type === "Exploitation" && one.country !== "");
      add("victims-presumed", formOf(person, words), kindOf(person));
      add("victims-routes", nationality, stateOf(held?.country));
      add("victims-recruitment", channelOf(person, words), "all");
    }
    if (within(firstSaid(person, state, ["identified"])))
      add("victims-identified", formOf(person, words), kindOf(person));
    if (within(words.homeAt(person))) add("victims-returned", nationality, "all");
  }
  return Object.fromEntries([...counted].map(([figure, of]) => [figure, [...of.values()]]));
}
