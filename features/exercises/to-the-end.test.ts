// Surge and breach over three real nodes to their end, each step ended by the log of the desk that plays it; the hot-wash is
// the same everywhere, and stands beside that of the run before.
import type { Officer } from "@simpul/model";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test } from "vitest";
import type { SessionView } from "../access/contract.ts";
import { until } from "../requests/testing.ts";
import type { HotWashView, RunView } from "./contract.ts";

let all: Record<"id" | "kh" | "ph", Nation>;
let lestari: Person;
/** Who sits at the desks that these two scenarios name. */
const seats = {
  kh: { "victim-services": "thida", liaison: "sophea" },
  id: { "victim-services": "lestari", liaison: "agus" },
  ph: { "victim-services": "corazon", liaison: "grace", oversight: "noel" },
} as Record<string, Record<string, string>>;
const at = "/api/exercises";

beforeAll(async () => {
  all = await nations("id", "kh", "ph");
  lestari = await all.id.as("lestari");
  // The emergency of the surge is sealed to it.
  await openVictimDesk(all.kh, "thida");
}, 120_000);

const people = new Map<string, Promise<Officer>>();
function officerAt(state: string, desk: string): Promise<Officer> {
  const key = `${state} ${desk}`;
  const known = people.get(key);
  if (known !== undefined) return known;
  const made = (async () => {
    const who = await all[state as "id"].as(seats[state]![desk]!);
    const { officer } = await who.must<SessionView>("GET", "/api/access/session");
    return {
      ...{ kind: "officer", id: officer.id, node: state, agency: officer.agency.id, agencyKind: desk },
      ...{ desk: officer.desk.id, roles: officer.roles, provenAt: null },
    } as unknown as Officer;
  })();
  people.set(key, made);
  return made;
}
/** The act of a step as it stands in the log of its desk; what the act itself does is tried where it is at home. */
async function acts(state: string, desk: string, kind: string): Promise<void> {
  const actor = await officerAt(state, desk);
  await all[state as "id"].node.store.write({ actor, purpose: "crime-investigation" }, (tx) => {
    tx.note(kind, {});
    return Promise.resolve();
  });
}

const view = (run: string) => lestari.must<RunView>("GET", `${at}/${run}`);
const steps = (of: RunView) =>
  of.board!.flatMap(({ state, seats: there }) =>
    there.flatMap((seat) => seat.steps.map((step) => ({ ...step, state, desk: seat.desk }))),
  );

/** Plays a script as it comes: what is open is done, what comes by the hour is let come now. */
async function played(script: string, actsOf: Readonly<Record<string, string>>): Promise<string> {
  const startsAt = new Date().toISOString();
  const { id: run } = await lestari.must<{ id: string }>("POST", at, { script, startsAt, assigned: [] });
  await until(
    () => view(run),
    (seen) => seen.board!.every(({ toldAt }) => toldAt !== null),
  );
  const done = new Set<string>();
  for (;;) {
    const now = steps(await view(run));
    if (now.every(({ kind }) => kind === "done")) return run;
    // What its door let in at the desk.
    const open = now.find(
      (one) => (one.kind === "open" || one.kind === "late") && one.enteredAt !== null && !done.has(one.id),
    );
    if (open !== undefined) {
      done.add(open.id);
      await acts(open.state, open.desk, actsOf[open.id]!);
      const found = all[open.state as "id"];
      const who = await found.as(seats[open.state]![open.desk]!);
      // As when she comes back to her page: her node finds the act in its log and tells the others.
      await who.must("GET", `${at}/${run}`);
    } else {
      // Once every act has arrived, what comes by the hour is let come now.
      const arrived = now.every(({ kind }) => kind === "done" || kind === "later");
      const waits = arrived ? now.find(({ kind }) => kind === "later") : undefined;
      if (waits !== undefined) await lestari.must("POST", `${at}/${run}/steps/${waits.id}/now`, {});
      else await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}
const ended = async (run: string): Promise<void> => {
  await lestari.must("POST", `${at}/${run}/end`, {});
};
const washAt = async (state: string, who: string, run: string, beside = ""): Promise<HotWashView> => {
  const person = await all[state as "id"].as(who);
  const path = `${at}/${run}/hot-wash${beside === "" ? "" : `?with=${beside}`}`;
  return (await until(
    async () => {
      const got = await person.ask<HotWashView>("GET", path);
      return got.status === 200 && got.body.steps.every(({ kind }) => kind === "done") ? got.body : null;
    },
    (seen) => seen !== null,
  ))!;
};

const surge = {
  ...{ list: "surge.list-taken", screen: "screening.decided", offer: "share.offered" },
  ...{ accept: "share.accepted", message: "distress.fact", "second-list": "surge.list-taken" },
};
const breach = {
  ...{ revoke: "access.passkey-revoked", "told-id": "exclusion.agreed", "told-kh": "peer.suspended" },
  ...{ freeze: "freeze.ordered", recall: "recall.approved" },
};

test("the surge is played to its end over three states, and every state reads the same measured times", async () => {
  const run = await played("surge", surge);
  const now = steps(await view(run));
  // The emergency came by the door of the page for a held person, at the desk it was written to.
  expect(now.find(({ id }) => id === "message")).toMatchObject({ enteredAt: expect.any(String) as string });
  await ended(run);
  const wash = await washAt("id", "lestari", run);
  expect(wash.measures.length).toBeGreaterThan(1);
  expect(wash.measures.every(({ seconds }) => seconds !== null)).toBe(true);
  for (const [state, who] of [
    ["kh", "thida"],
    ["ph", "corazon"],
  ] as const)
    expect((await washAt(state, who, run)).measures).toEqual(wash.measures);
});

test("the breach is played twice, and its second hot-wash stands beside the first, measure by measure", async () => {
  const first = await played("breach", breach);
  await ended(first);
  const before = await washAt("ph", "grace", first);
  const second = await played("breach", breach);
  await ended(second);
  const after = await washAt("ph", "grace", second, first);
  expect(after.with).toBe(first);
  expect(after.measures.map(({ id, was }) => [id, was])).toEqual(
    before.measures.map(({ id, seconds }) => [id, seconds]),
  );
  expect(after.others.map(({ id }) => id)).toContain(first);
});
