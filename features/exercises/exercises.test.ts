// A run of a script over two states: told, let in by its doors, ended by the nodes' own logs, measured and looked back on.
import { randomUUID } from "node:crypto";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { distressNode, exercisesNode, victimsNode, accessNode } from "@simpul/server";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { callDoor } from "../../apps/server/exercise-doors.ts";
import { features } from "../../apps/server/features.ts";
import { caseWith, facts as checkFacts } from "../checks/testing.ts";
import type { InboxView } from "../inbox/contract.ts";
import { arrival, ask, draft, until } from "../requests/testing.ts";
import type { ExercisesView, HotWashView, RunView } from "./contract.ts";
import { jobStanding } from "./node.ts";
import { releases } from "../../testing/exercise-ring.ts";
import { letIn } from "./tend.ts";

let id: Nation, kh: Nation;
let lestari: Person, sari: Person, agus: Person, sophea: Person, sreymom: Person;
beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [lestari, sari, agus] = [await id.as("lestari"), await id.as("sari"), await id.as("agus")];
  [sophea, sreymom] = [await kh.as("sophea"), await kh.as("sreymom")];
}, 120_000);

const at = "/api/exercises";
const view = (who: Person, run: string) => who.must<RunView>("GET", `${at}/${run}`);
const once = (who: Person, run: string, so: (one: RunView) => boolean): Promise<RunView> =>
  until(
    async () => {
      const { status, body } = await who.ask<RunView>("GET", `${at}/${run}`);
      return status === 200 ? body : null;
    },
    (one) => one !== null && so(one),
  ) as Promise<RunView>;
const kinds = (one: RunView): Record<string, string> =>
  Object.fromEntries(
    (one.board ?? []).flatMap(({ seats }) =>
      seats.flatMap(({ steps }) => steps.map((step) => [step.id, step.kind])),
    ),
  );
const seat = (one: RunView, role: string) =>
  one.board!.flatMap(({ seats }) => seats).find((each) => each.id === role)!;
const code = ({ body }: { body: unknown }) => (body as { error: { code: string } }).error.code;
const waiting = async (who: Person) =>
  (await who.must<InboxView>("GET", "/api/inbox")).entries.filter(({ to }) => to.startsWith("/exercises/"));
const start = (who: Person, script: string, more: object = {}) =>
  who.ask<{ id: string }>("POST", at, {
    ...{ script, startsAt: new Date().toISOString(), assigned: [], ...more },
  });

let ring: string;

test("who investigates starts none; a script that nobody ships, a state without a line and a start next year are refused", async () => {
  expect(code(await start(sari, "ring"))).toBe("NOT_ALLOWED");
  expect((await sari.must<ExercisesView>("GET", at)).scripts).toEqual([]);
  const offered = await lestari.must<ExercisesView>("GET", at);
  expect(offered.states).toEqual(["id", "kh"]);
  expect(offered.scripts.map(({ id: one, missing }) => [one, missing])).toEqual([
    ["breach", []],
    ["ring", []],
    ["surge", []],
  ]);
  expect(code(await start(lestari, "nothing"))).toBe("NOT_FOUND");
  expect(code(await start(lestari, "surge"))).toBe("STATE_PLAYS_NOT");
  const startsAt = new Date(Date.now() + 400 * 86_400_000).toISOString();
  expect(code(await start(lestari, "ring", { startsAt }))).toBe("START_OUT_OF_RANGE");
  // A node of live work has no door to any of it.
  const doors = (exercise: boolean) =>
    features({ ...id.node, exercise }, id.web.address).doors.map(([path]) => path);
  expect([doors(true), doors(false)].map((paths) => paths.includes("/api/exercises"))).toEqual([true, false]);
});

test("each seat is told in its own inbox what it plays and what has come to it; the director sees who was told and who looked", async () => {
  const begun = await start(lestari, "ring");
  expect(begun.status).toBe(201);
  ring = begun.body.id;
  expect((await (await id.as("rina")).ask("GET", `${at}/${ring}`)).status).toBe(404);
  await until(
    () => waiting(sari),
    (all) => all.some(({ kind }) => kind === "exercise-step"),
  );
  expect((await waiting(sari)).map(({ kind }) => kind).sort()).toEqual(["exercise-seat", "exercise-step"]);
  const there = await until(
    () => waiting(sreymom),
    (all) => all.length === 2,
  );
  // In her own language.
  expect(there.find(({ kind }) => kind === "exercise-seat")!.title).toContain("នគរបាល");
  const hers = await view(sari, ring);
  expect(hers).toMatchObject({ board: null, director: expect.any(String) as string, may: [] });
  expect(hers.mine[0]!.steps.map((step) => [step.id, step.kind, step.file])).toEqual([
    ["take-in", "open", "EXERCISE-chat.txt"],
  ]);
  await sari.must("POST", `${at}/${ring}/seen`, {});
  await sreymom.must("POST", `${at}/${ring}/seen`, {});
  expect((await waiting(sari)).map(({ kind }) => kind)).toEqual(["exercise-step"]);
  const board = await once(
    lestari,
    ring,
    (one) => seat(one, "police-kh").seenAt !== null && one.board!.every(({ toldAt }) => toldAt !== null),
  );
  expect(seat(board, "cyber").seenAt).not.toBeNull();
  expect(seat(board, "liaison-kh").seenAt).toBeNull();
  expect(kinds(board)).toMatchObject({ "take-in": "open", hotel: "open", case: "later", release: "later" });
});

test("a file that is handed over can be taken by the desk that it came to, and by no other", async () => {
  const file = (who: Person, step: string) => who.ask("GET", `${at}/${ring}/steps/${step}/file`);
  const got = await fetch(`${id.web.address}${at}/${ring}/steps/take-in/file`, {
    headers: { cookie: sari.cookie },
  });
  expect(got.headers.get("content-disposition")).toContain("EXERCISE-chat.txt");
  expect(await got.text()).toContain("Kak Melly");
  expect((await file(agus, "take-in")).status).toBe(404);
  expect((await file(sari, "case")).status).toBe(404);
});

test("a step ends by the log of its own desk, and what follows it comes; every other node hears the kind of act and when", async () => {
  // The chat is taken in by another way in its own test: here the director leaves that step out.
  expect(code(await agus.ask("POST", `${at}/${ring}/steps/take-in/skip`, {}))).toBe("DIRECTED_BY_ANOTHER");
  await lestari.must("POST", `${at}/${ring}/steps/take-in/skip`, {});
  const mine = await caseWith(sari, [{ type: "phone", written: "+62 854 0000 1702", role: "suspect" }]);
  // All who play look at that moment: each finds the same act in the log, one writes it down, none is told of a fault.
  const looks = await Promise.all(Array.from({ length: 8 }, () => view(lestari, ring)));
  expect(looks.map((seen) => kinds(seen)["case"])).toEqual(Array.from({ length: 8 }, () => "done"));
  const one = await once(lestari, ring, (seen) => kinds(seen)["case"] === "done");
  expect(kinds(one)).toMatchObject({ "take-in": "skipped", ask: "open", request: "later" });
  await sari.must("POST", "/api/checks", {
    ...{ case: mine.number, selectors: mine.records, states: ["kh"], ...checkFacts },
  });
  await once(lestari, ring, (seen) => kinds(seen)["request"] === "open");
  await caseWith(sreymom, [{ type: "phone", written: "+62 854 0000 1702", role: "suspect" }]);
  await once(lestari, ring, (seen) => kinds(seen)["hotel"] === "done");
  await ask(sari, agus, draft(mine.number, ["kh"]));
  await once(lestari, ring, (seen) => kinds(seen)["release"] === "open");
  const heard = () =>
    kh.node.store.read(jobStanding, (db) =>
      sql<{ kind: string }>`select kind from simpul.exercise_acts where run_id = ${ring} and node = 'id'
        order by at`.execute(db.rows),
    );
  const kept = await until(heard, ({ rows }) => rows.length === 3);
  expect(kept.rows.map(({ kind }) => kind)).toEqual(["case.opened", "check.asked", "request.approved"]);
  // The step came to their inbox over there.
  await until(
    () => waiting(sophea),
    (all) => all.some(({ kind }) => kind === "exercise-step"),
  );
}, 60_000);

test("while it rests nothing gets late; ended, every state has the same hot-wash, with notes under roles and without names", async () => {
  expect(code(await sari.ask("GET", `${at}/${ring}/hot-wash`))).toBe("NOT_FOUND");
  await lestari.must("POST", `${at}/${ring}/rest`, {});
  expect((await view(lestari, ring)).head.state).toBe("resting");
  expect(code(await lestari.ask("POST", `${at}/${ring}/steps/release/now`, {}))).toBe("NOT_STARTED");
  await lestari.must("POST", `${at}/${ring}/go-on`, {});
  await releases(sreymom, sophea, await arrival(sophea));
  await once(lestari, ring, (seen) => kinds(seen)["release"] === "done");
  await lestari.must("POST", `${at}/${ring}/end`, {});
  expect(code(await lestari.ask("POST", `${at}/${ring}/rest`, {}))).toBe("EXERCISE_OVER");
  await once(sophea, ring, (seen) => seen.head.state === "ended");
  const note = {
    note: randomUUID(),
    role: "liaison-kh",
    text: "EXERCISE: ask for the book of guests at once",
  };
  await sophea.must("POST", `${at}/${ring}/notes`, note);
  await sophea.must("POST", `${at}/${ring}/notes`, note);
  expect(code(await sophea.ask("POST", `${at}/${ring}/notes`, { ...note, role: "cyber" }))).toBe("NOT_FOUND");
  const wash = (who: Person) => who.must<HotWashView>("GET", `${at}/${ring}/hot-wash`);
  const here = await until(
    () => wash(sari),
    (seen) => seen.notes.length === 1,
  );
  const there = await wash(sophea);
  expect(here.measures).toEqual(there.measures);
  expect(here.measures.map(({ id: one, goal }) => [one, goal])).toEqual([
    ["check-to-answer", 240 * 60],
    ["request-to-release", 180 * 60],
  ]);
  for (const { seconds } of here.measures) expect(seconds).toBeGreaterThanOrEqual(0);
  expect(here.measures[0]!.seconds).toBeGreaterThanOrEqual(here.measures[1]!.seconds!);
  expect(JSON.stringify(here.notes)).not.toMatch(/សុភា|Sophea/);
  const paper = await fetch(`${kh.web.address}${at}/${ring}/paper`, { headers: { cookie: sophea.cookie } });
  expect(paper.headers.get("content-type")).toBe("application/pdf");
  expect((await paper.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
}, 60_000);

test("a message comes to the emergency desk by the page for a held person, once, whatever dies in between", async () => {
  const begun = await start(lestari, "surge", {
    assigned: ["reception", "home-ph"].map((role) => ({ role, state: role === "reception" ? "kh" : "id" })),
  });
  const run = begun.body.id as never;
  await once(lestari, run, (seen) => kinds(seen)["list"] === "open");
  const room = exercisesNode(
    kh.node,
    loadPolicy(cedar),
    distressNode(kh.node, victimsNode(kh.node, accessNode(kh.node, kh.web.address))),
  );
  // The process that let it in died before it could say so.
  const distress = distressNode(kh.node, victimsNode(kh.node, accessNode(kh.node, kh.web.address)));
  const what = {
    ...{ language: "id", where: "Gedung B, lantai tiga, Morokot Park", many: "few", danger: "hurt" },
    more: "LATIHAN. Masih ada enam orang terkunci di sini. Satu perempuan demam tinggi. Tolong jangan telepon.",
  };
  expect(await callDoor(distress).enter(what, `exercise ${run as string} message`)).toBeNull();
  await lestari.must("POST", `${at}/${run as string}/steps/message/now`, {});
  await once(
    lestari,
    run,
    (seen) => seat(seen, "reception").steps.find((step) => step.id === "message")!.enteredAt !== null,
  );
  await letIn(room, run, "message");
  const thida = await openVictimDesk(kh, "thida");
  const { messages } = await thida.person.must<{ messages: { where: string; via: string }[] }>(
    "GET",
    "/api/distress/messages",
  );
  expect(messages.map(({ where, via }) => [where, via])).toEqual([
    ["Gedung B, lantai tiga, Morokot Park", "page"],
  ]);
  await lestari.must("POST", `${at}/${run as string}/end`, {});
}, 60_000);

test("another who may direct takes a run over; the named director of before steers it no more", async () => {
  const begun = await start(lestari, "breach", {
    assigned: ["keepers-ph", "oversight-ph"].map((role) => ({ role, state: "id" })),
  });
  const run = begun.body.id;
  expect((await view(agus, run)).may).toEqual(["take-over"]);
  await agus.must("POST", `${at}/${run}/take-over`, {});
  expect(code(await lestari.ask("POST", `${at}/${run}/end`, {}))).toBe("DIRECTED_BY_ANOTHER");
  await agus.must("POST", `${at}/${run}/end`, {});
  const again = await lestari.must<HotWashView>("GET", `${at}/${ring}/hot-wash`);
  expect(again.others).toEqual([]);
});
