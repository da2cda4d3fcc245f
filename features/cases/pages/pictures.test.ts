// What chart and map of a case draw, from its records alone.
import { expect, test } from "vitest";
import type { Records } from "../contract.ts";
import { chartOf, foldsOf } from "./chart-model.ts";
import { placesOf } from "./chart-places.ts";
import { endsOf } from "./use-places.ts";
import { legsOf } from "./map-model.ts";

const kept = { source: { kind: "officer" }, evaluation: null, handling: { codes: ["H1"] }, createdBy: null };
const person = (id: string, role: string) => ({
  ...kept,
  id,
  kind: "person",
  role,
  names: [{ text: id, language: "id" }],
});
const phone = (id: string, subject: string | null) => ({
  ...kept,
  id,
  canonical: id,
  role: "suspect",
  subject,
});
const place = (id: string, longitude: number) => ({
  ...kept,
  id,
  names: [{ text: id, language: "km" }],
  position: { latitude: 11.5, longitude, radius: 5000 },
});
const event = (id: string, began: string, where: string, subjects: string[]) => ({
  ...kept,
  id,
  kind: "travel",
  began,
  place: where,
  subjects,
});
const records = (of: Record<string, unknown[]>) =>
  ({ subject: [], selector: [], place: [], link: [], event: [], ...of }) as unknown as Records;

test("two statements about the same two are one line that keeps both", () => {
  const chart = chartOf(
    records({
      subject: [person("driver", "suspect")],
      selector: [phone("+85519000417", "driver")],
      link: [{ ...kept, id: "l1", kind: "uses", from: "driver", to: "+85519000417" }],
    }),
  );
  expect(chart.lines).toHaveLength(1);
  expect(chart.lines[0]!.edges.map((one) => one.words)).toEqual(["cases.link.holds", "cases.link.kind.uses"]);
});

test("a large chart folds what hangs on one person, a small one nothing; twice it comes out the same", () => {
  const many = Array.from({ length: 45 }, (_, i) => phone(`+62${i}`, "recruiter"));
  const large = chartOf(records({ subject: [person("recruiter", "suspect")], selector: many }));
  expect(foldsOf(large).get("recruiter")).toHaveLength(45);
  const places = (): Float64Array => placesOf(large.nodes.length, endsOf(large));
  expect(places()).toEqual(places());
  expect(new Set(places()).size).toBeGreaterThan(40);
  const small = chartOf(records({ subject: [person("recruiter", "suspect")], selector: many.slice(0, 3) }));
  expect(foldsOf(small).size).toBe(0);
});

test("a route follows the order of events, and no victim is drawn on one", () => {
  const events = [
    event("e2", "2031-02-11", "hotel", ["driver", "worker"]),
    event("e1", "2031-02-05", "airport", ["driver", "worker"]),
  ];
  const of = records({
    subject: [person("driver", "suspect"), person("worker", "victim")],
    place: [place("airport", 104.8), place("hotel", 103.3)],
    event: events,
  });
  const legs = legsOf(of.event, of.subject, of.place);
  expect(legs.map((leg) => [leg.who, leg.began])).toEqual([["driver", "2031-02-11"]]);
  expect(legs[0]!.from.x).toBeGreaterThan(legs[0]!.to.x);
});
