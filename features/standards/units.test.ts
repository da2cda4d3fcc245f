// The units of IC-TIP: counted once each, missing stays missing, doubt about age counts as child.
import { expect, test } from "vitest";
import { noAccount } from "./account.ts";
import { unitsOf, type VictimIn } from "./units.ts";

const event = (country: string, date: string) => ({
  ...{ type: "Exploitation", date, country, state: "", city: "", street: "", postal: "" },
  ...{ latitude: "", longitude: "", description: "" },
});
const victim = (
  more: Partial<VictimIn>,
  country: string | null,
  status: VictimIn["told"]["status"] = "presumed",
): VictimIn => ({
  ...{ detectedOn: "2031-04-17", age: "adult", entity: "desk" },
  told: {
    facts: {
      ...{
        names: [],
        born: null,
        sex: "not-said",
        nationalities: [],
        languages: [],
        contacts: [],
        documents: [],
      },
    },
    account: {
      ...noAccount,
      exploitation: ["ForcedCriminality"],
      events: country === null ? [] : [event(country, "2031-03-02")],
    },
    status,
  },
  ...more,
});

test("victims of one country and month are one event; who is somewhere unknown is not guessed to be there", () => {
  const { events, victims, entities } = unitsOf({
    victims: [
      victim({ age: "doubt" }, "KH"),
      victim({}, "KH", "identified"),
      victim({ age: "not-said" }, null, "not-identified"),
    ],
    perpetrators: [],
    entities: [{ key: "desk", state: "id", kind: "victim-services" }],
  });
  expect(events).toEqual([
    {
      country: "KH",
      month: "2031-03",
      forms: ["ForcedCriminality"],
      victims: 2,
      children: 1,
      entities: ["desk"],
    },
    { country: null, month: null, forms: ["ForcedCriminality"], victims: 1, children: 0, entities: ["desk"] },
  ]);
  expect(victims.map((one) => [one.age, one.sex, one.citizenship, one.status])).toEqual([
    ["child", null, null, "possible"],
    ["adult", null, null, "identified"],
    [null, null, null, "not-identified"],
  ]);
  expect(entities).toEqual([{ state: "id", kind: "victim-services", victims: 3, perpetrators: 0 }]);
});

test("a perpetrator counts once, at the furthest stage, however many cases name her", () => {
  const one = {
    key: "p1",
    sex: "female",
    nationalities: ["ID"],
    forms: ["ForcedCriminality"],
    year: 2031,
    entity: "court",
  } as const;
  const { perpetrators, entities } = unitsOf({
    victims: [],
    perpetrators: [
      { ...one, stage: "suspected" },
      { ...one, stage: "convicted", year: 2032 },
      { ...one, stage: "prosecuted" },
      { ...one, key: "p2", sex: "not-said", nationalities: [], stage: "suspected" },
    ],
    entities: [{ key: "court", state: "id", kind: "prosecutor" }],
  });
  expect(perpetrators.map((each) => [each.stage, each.year, each.sex, each.citizenship])).toEqual([
    ["convicted", 2032, "female", "ID"],
    ["suspected", 2031, null, null],
  ]);
  expect(entities[0]!.perpetrators).toBe(2);
});
