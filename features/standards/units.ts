// The four units of IC-TIP (event, victim, perpetrator, reporting entity), made from accounts as values for later statistics.
// Which small counts may be published, and how, is not decided here.
import type { Account } from "./account.ts";
import type { Told } from "./htcds.ts";

export interface VictimIn {
  told: Told;
  /** Day on which this node heard of her first (`2031-04-17`). */
  detectedOn: string;
  /** Doubt about age counts as child. */
  age: "child" | "doubt" | "adult" | "not-said";
  entity: string;
}
export interface PerpetratorIn {
  /** Whose this is: the same for one person, however many cases. */
  key: string;
  sex: "female" | "male" | "other" | "not-said";
  nationalities: readonly string[];
  stage: "suspected" | "prosecuted" | "convicted";
  forms: readonly string[];
  year: number;
  entity: string;
}
export interface EntityIn {
  key: string;
  state: string;
  kind: string;
}

/** `null` is missing, never "no". */
export interface VictimUnit {
  year: number;
  sex: "female" | "male" | "other" | null;
  age: "child" | "adult" | null;
  citizenship: string | null;
  status: "possible" | "identified" | "not-identified";
  forms: readonly string[];
  means: readonly string[];
  countries: readonly string[];
  entity: string;
}
export interface EventUnit {
  /** Where and in which month people were exploited; null where no file says. */
  country: string | null;
  month: string | null;
  forms: readonly string[];
  victims: number;
  children: number;
  entities: readonly string[];
}
export interface PerpetratorUnit {
  year: number;
  sex: "female" | "male" | "other" | null;
  citizenship: string | null;
  stage: PerpetratorIn["stage"];
  forms: readonly string[];
  entity: string;
}
export interface EntityUnit {
  state: string;
  kind: string;
  victims: number;
  perpetrators: number;
}

const sorted = (all: Iterable<string>): string[] => [...new Set(all)].sort();
const exploitation = (account: Account) => account.events.filter((one) => one.type === "Exploitation");

function victimUnit({ told, detectedOn, age, entity }: VictimIn): VictimUnit {
  const { facts, account, status } = told;
  return {
    year: Number(detectedOn.slice(0, 4)),
    sex: facts.sex === "not-said" ? null : facts.sex,
    age: age === "not-said" ? null : age === "adult" ? "adult" : "child",
    // Several nationalities are one person; the first stands, as she said it.
    citizenship: facts.nationalities[0] ?? null,
    status: status === "identified" || status === "not-identified" ? status : "possible",
    forms: sorted(account.exploitation),
    // No means are needed for a child (Palermo Protocol art. 3(c)): what is known is kept all the same.
    means: sorted([...account.control, ...account.controlInCentre]),
    countries: sorted(exploitation(account).flatMap((one) => (one.country === "" ? [] : [one.country]))),
    entity,
  };
}

const rank = { suspected: 0, prosecuted: 1, convicted: 2 } as const;

/** One unit each; a perpetrator counts once, at the furthest stage; an event is a country and a month of exploitation. */
export function unitsOf(input: {
  victims: readonly VictimIn[];
  perpetrators: readonly PerpetratorIn[];
  entities: readonly EntityIn[];
}): { events: EventUnit[]; victims: VictimUnit[]; perpetrators: PerpetratorUnit[]; entities: EntityUnit[] } {
  const victims = input.victims.map(victimUnit);
  const events = new Map<
    string,
    { of: { victim: VictimUnit }[]; country: string | null; month: string | null }
  >();
  input.victims.forEach(({ told }, nth) => {
    const places = exploitation(told.account).map((one) => ({
      country: one.country === "" ? null : one.country,
      month: /^\d{4}-\d{2}/.test(one.date) ? one.date.slice(0, 7) : null,
    }));
    const own = new Map(
      (places.length === 0 ? [{ country: null, month: null }] : places).map((one) => [
        JSON.stringify(one),
        one,
      ]),
    );
    for (const [key, place] of own) {
      const event = events.get(key) ?? { of: [], ...place };
      event.of.push({ victim: victims[nth]! });
      events.set(key, event);
    }
  });
  const persons = new Map<string, PerpetratorIn>();
  for (const one of input.perpetrators) {
    const before = persons.get(one.key);
    if (before === undefined || rank[one.stage] > rank[before.stage]) persons.set(one.key, one);
  }
  return {
    victims,
    events: [...events.values()].map(({ of, country, month }) => ({
      ...{ country, month },
      forms: sorted(of.flatMap(({ victim }) => victim.forms)),
      victims: of.length,
      children: of.filter(({ victim }) => victim.age === "child").length,
      entities: sorted(of.map(({ victim }) => victim.entity)),
    })),
    perpetrators: [...persons.values()].map((one) => ({
      ...{ year: one.year, stage: one.stage, entity: one.entity },
      sex: one.sex === "not-said" ? null : one.sex,
      citizenship: one.nationalities[0] ?? null,
      forms: sorted(one.forms),
    })),
    entities: input.entities.map(({ key, state, kind }) => ({
      ...{ state, kind },
      victims: victims.filter((one) => one.entity === key).length,
      perpetrators: [...persons.values()].filter((one) => one.entity === key).length,
    })),
  };
}
