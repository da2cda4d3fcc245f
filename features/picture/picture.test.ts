// The picture between two states: counted from live records, let go by two, taken in, refused, corrected; and a year of attacks.
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { accessNode, casesNode, pictureNode } from "@simpul/server";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { beforeAll, expect, test } from "vitest";
import { sql } from "kysely";
import type { SessionView } from "../access/contract.ts";
import { prove, until } from "../requests/testing.ts";
import { statusKind } from "../victims/kinds.ts";
import { randomId } from "../victims/contract.ts";
import {
  axes,
  definitions,
  join,
  monthAfter,
  monthOf,
  type DeskView,
  type Overview,
  type Published,
  type Release,
  type WorkView,
} from "./contract.ts";
import type { PictureNode } from "./node.ts";
import { tellNewcomers } from "./newcomers.ts";
import { countMonth, lastMonth } from "./prepare.ts";
import { keepRelease } from "./records.ts";
import { asTheyAre } from "./rules.ts";
import { refusalOf } from "./shapes.ts";
import { jobStanding } from "./node.ts";
import type { Wire } from "./wire.ts";

let id: Nation, kh: Nation;
let agus: Person, putri: Person, sari: Person, sophea: Person;
let month: string;
const days = 86_400_000;

const code = async (who: Person, method: string, at: string, body?: unknown): Promise<string> => {
  const got = await who.ask<{ error: { code: string } } | null>(method, `/api/picture${at}`, body);
  return got.status < 300 ? "" : (got.body as { error: { code: string } }).error.code;
};
const workOf = (who: Person) => who.must<WorkView>("GET", "/api/picture/work");
const releasesSeen = async (who: Person, figure: string, earlier = "no"): Promise<Release[]> =>
  (
    await who.must<{ releases: Release[] }>(
      "GET",
      `/api/picture/figures/${figure}?from=2020-01&until=2099-12&earlier=${earlier}`,
    )
  ).releases;
const letGo = async (drafts: readonly Id[]): Promise<void> => {
  const { id: proposal } = await agus.must<{ id: Id }>("POST", "/api/picture/proposals", { drafts });
  await prove(putri, "picture.release", proposal);
  await putri.must("POST", `/api/picture/proposals/${proposal}/release`);
};

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  sari = await id.as("sari");
  for (let nth = 0; nth < 30; nth++)
    await sari.must("POST", "/api/cases", { title: `EXERCISE ${String(nth)}`, crimeType: "online-fraud" });
  const maya = await openVictimDesk(id, "maya");
  await (
    await maya.desk()
  ).act(async (tx) => {
    for (let nth = 0; nth < 26; nth++) {
      const person = await tx.create({ sex: "female", nationalities: ["ID"], ageSaid: "adult" });
      const status = {
        state: id.node.code,
        authority: "EXERCISE",
        status: "presumed",
        basis: "EXERCISE",
      } as const;
      await tx.append(person, statusKind, { ...status, reason: "", appeal: "" });
    }
  });
  month = monthOf(new Date());
  // The month has to be over before anybody counts it.
  for (const nation of [id, kh]) nation.clock.offMs = 32 * days;
  [agus, putri, sari, sophea] = [
    await id.as("agus"),
    await id.as("putri"),
    await id.as("sari"),
    await kh.as("sophea"),
  ];
}, 120_000);

test("only the contact point counts and lets go, only two of it, and everybody else finds no such work", async () => {
  expect(await code(agus, "POST", "/count", { month: monthOf(id.clock.now()) })).toBe("MONTH_NOT_OVER");
  expect(await code(agus, "POST", "/count", { month: "2020-01" })).toBe("MONTH_TOO_OLD");
  const { figures } = await agus.must<{ figures: string[] }>("POST", "/api/picture/count", { month });
  expect(figures).toEqual(definitions.filter((one) => one.counts === "node").map((one) => one.figure));
  expect((await agus.must<{ figures: string[] }>("POST", "/api/picture/count", { month })).figures).toEqual(
    [],
  );
  const { drafts } = await workOf(agus);
  for (const key of ["sari", "hendra", "maya", "tono"]) {
    const stranger = await id.as(key);
    const asks: [string, string, unknown?][] = [
      ["GET", "/work"],
      ["POST", "/count", { month }],
      ["POST", "/proposals", { drafts: [drafts[0]!.id] }],
      ["DELETE", `/drafts/${drafts[0]!.id}`],
    ];
    for (const [method, at, body] of asks)
      expect(await code(stranger, method, at, body), `${key} ${at}`).not.toBe("");
  }
  const tono = await id.as("tono");
  expect(await code(tono, "GET", "")).not.toBe("");
  const { id: proposal } = await agus.must<{ id: Id }>("POST", "/api/picture/proposals", {
    drafts: drafts.map((one) => one.id),
  });
  const release = `/proposals/${proposal}/release`;
  await prove(agus, "picture.release", proposal);
  expect(await code(agus, "POST", release)).toBe("SECOND_PERSON");
  expect(await code(putri, "POST", release)).toBe("STEP_UP");
  expect(await releasesSeen(sari, "cases-opened")).toEqual([]);
  await prove(putri, "picture.release", proposal);
  await putri.must("POST", `/api/picture${release}`);
  expect(await code(putri, "POST", release)).toBe("CHANGED_MEANWHILE");
});

test("thirty cases are about thirty in the other state's picture, and a few are nobody's to see", async () => {
  const [seen] = await until(
    () => releasesSeen(sophea, "cases-opened"),
    (all) => all.length > 0,
  );
  expect(seen).toMatchObject({ state: "id", month, number: 1, definition: 1 });
  const fraud = seen!.cells[seen!.rows.indexOf("online-fraud")]!;
  // Noise of epsilon one half and rounding to five: further than 25 it is off once in a million.
  expect(Math.abs((fraud[0] ?? 30) - 30)).toBeLessThanOrEqual(25);
  expect(seen!.cells[seen!.rows.indexOf("corruption")]![0]).toBeNull();
  const overview = await sophea.must<Overview>("GET", "/api/picture");
  expect(overview.states).toMatchObject([{ state: "id", last: month }]);
  const { left } = await until(
    () => workOf(agus),
    ({ left: all }) => all.every((one) => one.told.every((each) => each.state === "taken")),
  );
  expect(left[0]!.told).toEqual([{ peer: "kh", state: "taken", code: null }]);
});

test("the victim desk hands over protected tables and nothing else; a closed desk none", async () => {
  const lestari = await id.as("lestari");
  await lestari.must("PATCH", "/api/access/session", { purpose: "victim-assistance" });
  expect(await code(lestari, "POST", "/hand-over", { month })).toBe("DESK_CLOSED");
  expect(await code(sari, "POST", "/hand-over", { month })).toBe("NOT_FOUND");
  const { person: maya } = await openVictimDesk(id, "maya");
  const before = await maya.must<DeskView>("GET", "/api/picture/desk");
  expect(before.missing).toHaveLength(5);
  await maya.must("POST", "/api/picture/hand-over", { month });
  expect(await code(maya, "POST", "/hand-over", { month })).toBe("COUNTED_ALREADY");
  const { drafts } = await workOf(agus);
  const presumed = drafts.find((one) => one.published.figure === "victims-presumed")!;
  const women = presumed.published.cells.at(-1)![presumed.published.columns.indexOf("woman")];
  expect(Math.abs((women ?? 26) - 26)).toBeLessThanOrEqual(25);
  // Nothing raw: what the desk kept outside itself is rounded, and small counts are not there.
  for (const { published } of drafts.filter((one) => one.byDesk))
    for (const count of published.cells.flat()) expect((count ?? 0) % 5).toBe(0);
  await letGo(drafts.filter((one) => one.byDesk).map((one) => one.id));
  await until(
    () => releasesSeen(sophea, "victims-presumed"),
    (all) => all.length === 1,
  );
});

test("a release is corrected by a later one and called back, at every state", async () => {
  const first = (await releasesSeen(agus, "cases-opened"))[0]!;
  expect(await code(sari, "POST", `/releases/${first.id}/correct`, { reason: "EXERCISE: no" })).not.toBe("");
  await agus.must("POST", `/api/picture/releases/${first.id}/correct`, { reason: "EXERCISE: late files" });
  const { drafts } = await workOf(agus);
  const again = drafts.find((one) => one.number === 2)!;
  expect(again.warnings).toContain("correction");
  await letGo([again.id]);
  await until(
    () => releasesSeen(sophea, "cases-opened"),
    ([one]) => one?.number === 2,
  );
  const all = await releasesSeen(sophea, "cases-opened", "yes");
  expect(all.map((one) => [one.number, one.endedAt === null, one.reason])).toEqual([
    [1, false, "EXERCISE: late files"],
    [2, true, ""],
  ]);
  const second = (await releasesSeen(agus, "cases-opened"))[0]!;
  await agus.must("POST", `/api/picture/releases/${second.id}/call-back`, { reason: "EXERCISE: wrong" });
  await until(
    () => releasesSeen(sophea, "cases-opened"),
    (left) => left.length === 0,
  );
});

async function standingOf(who: Person): Promise<Standing> {
  const { officer, purpose } = await who.must<SessionView>("GET", "/api/access/session");
  return {
    actor: {
      ...{ kind: "officer", id: officer.id, node: id.node.code, roles: officer.roles, provenAt: null },
      ...{ agency: officer.agency.id, agencyKind: officer.agency.kind, desk: officer.desk.id },
    },
    purpose,
  };
}

test("counts that cannot be, an unknown definition and a table that contradicts an earlier one are refused, and their state is told why", async () => {
  const like = (await releasesSeen(sophea, "legal-gaps"))[0]!;
  const standing = await standingOf(putri);
  // What no honest node would send: past everything that keeps ours from it.
  const send = async (table: Partial<Release>): Promise<Id> => {
    const release = randomId();
    await id.node.store.write(standing, async (tx) => {
      const { state: _, id: __, number, at, endedAt: ____, reason, ...rest } = like;
      const body: Wire<"picture.released"> = { release, number, at, reason, table: { ...rest, ...table } };
      await tx.send({ id: tx.newId(), to: kh.node.code, kind: "picture.released", body });
      await sql`insert into simpul.picture_told (release_id, peer, sent_at) values (${release}, 'kh', ${tx.at})`.execute(
        tx.rows,
      );
      tx.note("picture.released", { id: release });
    });
    id.node.peering.wake();
    return release;
  };
  const { rows, columns } = like;
  const line = (count: number): number[] => [...columns.map((_, nth) => (nth === 0 ? count : 0)), count];
  const other = monthAfter(month, -1);
  const cells = [line(3), ...rows.slice(1).map(() => line(0)), line(3)];
  const wrong: [Partial<Release>, string][] = [
    [{ month: other, cells: [line(-3), ...rows.slice(1).map(() => line(0)), line(-3)] }, "COUNTS_IMPOSSIBLE"],
    [{ month: other, cells: [line(3), ...rows.slice(1).map(() => line(0)), line(4)] }, "COUNTS_IMPOSSIBLE"],
    [{ month: other, cells, definition: 2 }, "UNKNOWN_DEFINITION"],
    [{ month: other, cells, rows: [...rows].reverse() }, "UNKNOWN_DEFINITION"],
    [{ month: "2098-01", cells }, "MONTH_NOT_OVER"],
    [{ cells }, "CONTRADICTED"],
  ];
  const sent: [Id, string][] = [];
  for (const [table, says] of wrong) sent.push([await send(table), says]);
  const told = await until(
    () =>
      id.node.store.read(jobStanding, async ({ rows: db }) => {
        const found = await sql<{ release_id: Id; refused: string | null }>`
          select release_id, refused from simpul.picture_told where release_id = any (${sent.map(([one]) => one)}::uuid[])
          order by sent_at`.execute(db);
        return found.rows;
      }),
    (all) => all.every((one) => one.refused !== null),
  );
  expect(told.map((one) => [one.release_id, one.refused])).toEqual(sent);
  const seen = await releasesSeen(sophea, "legal-gaps", "yes");
  expect(seen).toHaveLength(1);
  expect(seen[0]!.cells).toEqual(like.cells);
});

/** This node's picture with counts of the test's own, at a time of its own; everything else is the node's. */
function pictureOf(nation: Nation, counting: PictureNode["counting"], now: Date): PictureNode {
  const { node } = nation;
  const access = accessNode(node, nation.web.address);
  const room = pictureNode(node, casesNode(node).policy, { sealTo: never, leave: never, open: never });
  return { ...room, policy: access.policy, counting, clock: { now: () => now } };
}
const never = (): never => {
  throw new Error("nobody opens a desk here");
};

test("a year of monthly tables hardly tells whether one known person is in, through all that is kept and sent", async () => {
  const figures = definitions.filter(
    (one) => one.protects === "persons" && one.counts === "node" && one.rows !== "area",
  );
  const now = new Date("2034-01-15T00:00:00Z");
  const last = lastMonth(now);
  const months = Array.from({ length: 12 }, (_, nth) => monthAfter(last, -nth));
  /** Whoever attacks knows everybody else: 42 of them in this very cell. */
  const others = 42;
  const hers = new Map<string, boolean>();
  let asked = "";
  const counting = Object.fromEntries(
    figures.map(({ figure, rows, columns }) => [
      figure,
      () => {
        const isIn = Math.random() < 0.5;
        hers.set(`${figure} ${asked}`, isIn);
        const [row, column] = [axes[rows][0], axes[columns][0]];
        const crowd = axes[rows].slice(1, 4).map((one) => ({ row: one, column, count: 60 }));
        return Promise.resolve([{ row, column, count: others + (isIn ? 1 : 0) }, ...crowd]);
      },
    ]),
  );
  const picture = pictureOf(kh, counting, now);
  for (const one of months) {
    asked = one;
    expect(await countMonth(picture, jobStanding, one)).toHaveLength(figures.length);
    // Asked again, nothing is drawn anew: her month is published once.
    expect(await countMonth(picture, jobStanding, one)).toEqual([]);
  }
  const tables = await kh.node.store.read(jobStanding, async ({ rows }) => {
    const found = await sql<{ published: Published }>`select published from simpul.picture_drafts
      where month = any (${months}::text[])`.execute(rows);
    return found.rows.map((one) => one.published);
  });
  expect(tables).toHaveLength(months.length * figures.length);
  let right = 0;
  for (const { figure, month: of, cells } of tables) {
    // The likelier side of what she sees; where it is withheld, a coin.
    const seen = cells[0]![0];
    const guess = seen === null || seen === undefined ? Math.random() < 0.5 : seen > others;
    if (guess === hers.get(`${figure} ${of}`)) right++;
    // No line with one hole: it would be its sum less the others.
    const lines = [...cells, ...cells[0]!.map((_, nth) => cells.map((line) => line[nth]!))];
    for (const line of lines) expect(line.filter((one) => one === null)).not.toHaveLength(1);
  }
  // At most 62 of 100 by the proof; four standard deviations of so many guesses above it.
  const trials = tables.length;
  expect(right / trials).toBeLessThan(0.622 + 4 * Math.sqrt(0.25 / trials));
});

test("a state that joins later is given what stands, once", async () => {
  const figure = definitions.find((one) => one.figure === "operations-held")!;
  const [rows, columns] = [[...axes[figure.rows]], [...axes[figure.columns]]];
  const old = monthAfter(month, -3);
  await id.node.store.write(await standingOf(putri), async (tx) => {
    const cells = [...rows, "sum"].map(() => [...columns, "sum"].map(() => 0));
    const table = { state: id.node.code, figure: figure.figure, definition: 1, month: old, rows, columns };
    await keepRelease(tx, {
      ...{ id: tx.newId(), number: 1, at: tx.at, reason: "" },
      published: { ...table, cells, protection: asTheyAre },
      by: { proposed: agus.id as Id, released: putri.id as Id },
    });
    tx.note("picture.released", { month: old });
  });
  const picture = pictureOf(id, {}, id.clock.now());
  expect(await tellNewcomers(picture)).toBe(1);
  expect(await tellNewcomers(picture)).toBe(0);
  const seen = await until(
    () => releasesSeen(sophea, figure.figure),
    (all) => all.some((one) => one.month === old),
  );
  expect(seen.find((one) => one.month === old)).toMatchObject({ state: "id", number: 1, endedAt: null });
});

test("whoever has a month drawn again and again is refused before the noise averages out", async () => {
  const now = new Date("2036-01-15T00:00:00Z");
  const [figure, month] = ["cases-opened", lastMonth(now)] as const;
  const counting = { [figure]: () => Promise.resolve([{ row: "corruption", column: "all", count: 42 }]) };
  const picture = pictureOf(id, counting, now);
  let drawn = 0;
  for (let tries = 0; tries < 6; tries++) {
    drawn += (await countMonth(picture, jobStanding, month)).length;
    // As if the draft was dropped each time, because somebody did not like its noise.
    const { drafts } = await workOf(agus);
    for (const one of drafts.filter((each) => each.published.month === month))
      await agus.must("DELETE", `/api/picture/drafts/${one.id}`);
  }
  expect(drawn).toBeGreaterThan(0);
  // One half each, two for all events, and another figure of events has its own share already.
  expect(drawn).toBeLessThanOrEqual(3);
});

test("a definition that changes midway makes another series beside the first", async () => {
  const now = new Date("2038-01-15T00:00:00Z");
  const change = monthAfter(lastMonth(now), 0);
  const old = definitions.find((one) => one.figure === "operations-held")!;
  const counting = { [old.figure]: () => Promise.resolve([{ row: "two", column: "held", count: 3 }]) };
  const picture = {
    ...pictureOf(kh, counting, now),
    definitions: [
      { ...old, until: monthAfter(change, -1) },
      { ...old, version: 2, from: change },
    ],
  };
  await countMonth(picture, jobStanding, monthAfter(change, -1));
  await countMonth(picture, jobStanding, change);
  const { rows } = await kh.node.store.read(jobStanding, ({ rows: db }) =>
    sql<{ published: Published }>`select published from simpul.picture_drafts where figure = ${old.figure}
      and month >= ${monthAfter(change, -1)} order by month`.execute(db),
  );
  const joined = join(rows.map((one) => one.published));
  expect(joined.map((one) => [one.definition, one.months])).toEqual([
    [1, [monthAfter(change, -1)]],
    [2, [change]],
  ]);
  // A table by a definition that is not the one of its month is believed of nobody.
  const late = { ...rows[0]!.published, month: change };
  expect(refusalOf(late, now, picture.definitions)).toBe("UNKNOWN_DEFINITION");
});
