// The decisions of charges, from values alone: age at the act, what speaks against filing, what may follow what, what is told.
import type { Element, LawByState, OffenceKind } from "../offences/contract.ts";
import { elementsOf, offenceOf } from "../offences/contract.ts";
import type { ChargeState, CourtEvent, Exhibit, Objection, Outcome, ProofOf } from "./contract.ts";

const adultAt = 18;

/** Whether somebody born then, as far as it is known, was of age on that day; in doubt it is not known. */
export function ageAt(birth: string | null, day: string): "child" | "adult" | "unknown" {
  if (birth === null) return "unknown";
  const [year, month, date] = birth.split("-");
  const at = (m: string, d: string): string => `${String(Number(year) + adultAt).padStart(4, "0")}-${m}-${d}`;
  const first = at(month ?? "01", date ?? "01");
  const last = at(month ?? "12", date ?? "31");
  if (day >= last) return "adult";
  return day < first ? "child" : "unknown";
}

export interface ForFiling {
  kind: "person" | "organisation";
  birth: string | null;
  began: string;
  offences: readonly OffenceKind[];
  exhibits: readonly Pick<
    Exhibit,
    "id" | "number" | "disclosure" | "stopped" | "originator" | "filed" | "told"
  >[];
  proofs: readonly Pick<ProofOf, "offence" | "element" | "exhibit">[];
  /** States that charged somebody in this matter, for one of these offences and days. */
  elsewhere: readonly string[];
  ageBasis: string;
  sameAct: string;
  /** Needs of exhibits before our own court that are not met yet. */
  needsOpen: number;
}

/** Elements of the charged offences for which no exhibit that can go to court stands. */
export function openElements(
  law: Pick<LawByState, "kinds">,
  { offences, proofs, exhibits }: Pick<ForFiling, "offences" | "proofs" | "exhibits">,
): { offence: OffenceKind; element: Element }[] {
  const useful = new Set(
    exhibits.filter((one) => one.disclosure !== "unused" && one.stopped.length === 0).map((one) => one.id),
  );
  return offences.flatMap((offence) =>
    elementsOf(law, offence)
      .filter(
        (element) =>
          !proofs.some(
            (one) => one.offence === offence && one.element === element && useful.has(one.exhibit),
          ),
      )
      .map((element) => ({ offence, element })),
  );
}

const explained = (text: string): boolean => text.trim().length >= 10;

/** What speaks against filing; what a prosecutor may weigh does not block, what needs a word or a permission does. */
export function objectionsTo(law: LawByState, state: string, file: ForFiling): Objection[] {
  const found: Objection[] = [];
  const age = file.kind === "person" ? ageAt(file.birth, file.began) : "adult";
  if (age === "child") found.push({ code: "accused-child", blocks: !explained(file.ageBasis), facts: {} });
  if (age === "unknown") found.push({ code: "age-unknown", blocks: !explained(file.ageBasis), facts: {} });
  for (const kind of file.offences) {
    const offence = offenceOf(law, state, kind);
    if (offence === null) found.push({ code: "offence-unknown", blocks: true, facts: { offence: kind } });
    else if (offence.text.standing === "to-be-confirmed")
      found.push({ code: "law-unconfirmed", blocks: false, facts: { offence: kind } });
  }
  for (const { offence, element } of openElements(law, file))
    found.push({ code: "element-open", blocks: false, facts: { offence, element } });
  for (const one of file.exhibits)
    if (one.disclosure !== "unused" && one.stopped.length > 0)
      found.push({
        code: one.filed ? "exhibit-withdrawn" : "exhibit-stopped",
        // The court has it: what is left is to tell it so.
        blocks: !one.filed || one.told === null,
        facts: { number: one.number, originator: one.originator ?? "", why: one.stopped.join(",") },
      });
  if (file.needsOpen > 0)
    found.push({ code: "admission-open", blocks: false, facts: { count: file.needsOpen } });
  // UNTOC art. 15(5), ne bis in idem: told, weighed by a person, and written down.
  for (const peer of file.elsewhere)
    found.push({ code: "charged-elsewhere", blocks: !explained(file.sameAct), facts: { state: peer } });
  return found;
}

const verdicts: readonly CourtEvent[] = ["convicted", "acquitted"];
const afterDeath: readonly CourtEvent[] = ["confiscation", "compensated", "closed"];
const all: readonly CourtEvent[] = [
  ...["deadline", "hearing", "detention", "travel-ban", "freezing", "confiscation"],
  ...["convicted", "acquitted", "sentenced", "appealed", "compensated", "died", "closed"],
] as CourtEvent[];

/** What a court may do next. */
export function nextEvents(
  kind: "person" | "organisation",
  state: ChargeState,
  done: readonly CourtEvent[],
): CourtEvent[] {
  if (state !== "filed") return [];
  if (done.includes("died")) return [...afterDeath];
  const ruled = done.some((one) => verdicts.includes(one));
  const convicted = done.includes("convicted");
  // A verdict stands until it is appealed; on appeal there may be another.
  const open = done.findLast((one) => verdicts.includes(one) || one === "appealed");
  const may: Partial<Record<CourtEvent, boolean>> = {
    detention: kind === "person",
    "travel-ban": kind === "person",
    died: kind === "person",
    convicted: open === undefined || open === "appealed",
    acquitted: open === undefined || open === "appealed",
    sentenced: convicted,
    appealed: ruled,
    compensated: convicted,
    closed: true,
  };
  return all.filter((one) => may[one] ?? true);
}

/** What states and targets are told of an event; null for what stays with the court. */
export const outcomeOf = (event: CourtEvent): Outcome | null =>
  (({
    convicted: "convicted",
    acquitted: "acquitted",
    sentenced: "sentenced",
    appealed: "appealed",
    compensated: "compensated",
    confiscation: "confiscated",
    died: "ended",
    closed: "ended",
  })[event as string] as Outcome | undefined) ?? null;

/** Two spans of days that share one. */
export const overlap = (
  one: { began: string; ended: string },
  other: { began: string; ended: string },
): boolean => one.began <= other.ended && other.began <= one.ended;
