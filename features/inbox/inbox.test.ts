// What waits: tasks of an officer and her desk, in the order in which they press, and one fault that hides only itself.
import { addRecord } from "@simpul/features/cases/add.ts";
import { caseTasks } from "@simpul/features/cases/inbox.ts";
import { openCase } from "@simpul/features/cases/open.ts";
import { as, casesRoom, desks, newId, officers } from "@simpul/features/cases/testing.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { inboxLimits, type InboxEntry, type InboxSource } from "./contract.ts";
import { inboxOf } from "./inbox.ts";
import { putOff, takeUp } from "./later.ts";
import { chosen, putOffUntil } from "./rules.ts";
import { forgetView, keepView, viewsOf } from "./views.ts";

const { sari, bayu, dewi } = officers;
const standing = (who: typeof sari) => ({ actor: who, purpose: "crime-investigation" }) as const;

test("an officer finds her tasks and those of her desk that nobody took, and none of a case she does not see", async () => {
  const { store } = await testStore();
  const room = casesRoom(store);
  const { id, number } = await openCase(room, as(sari), { title: "The Park", crimeType: "online-fraud" });
  const covert = await openCase(room, as(sari), { title: "Senyap", crimeType: "online-fraud", covert: true });
  const task = (into: string, title: string, owner: string | null, due: string | null) =>
    addRecord(room, as(sari), into, "task", { title, owner, desk: desks.online, due });
  await task(id, "Ask the hotline", null, null);
  await task(id, "Call the sister", bayu.id, "2031-05-02");
  await task(id, "Read the chat", bayu.id, "2031-04-30");
  await task(covert.id, "Watch the landlord", bayu.id, "2031-04-01");
  // PostgreSQL refuses whatever comes after such an error in the same transaction.
  const away: InboxSource = {
    name: "request",
    waiting: async (_, db) => (await sql`select 1 / 0`.execute(db.rows)) as never,
  };
  const faults: string[] = [];
  const sources = [away, caseTasks(room)];
  const view = await inboxOf(room, sources, standing(bayu), (_, source) => faults.push(source));
  expect(view.entries.map((one) => [one.title, one.for, one.case?.number])).toEqual([
    ["Read the chat", "me", number],
    ["Call the sister", "me", number],
    ["Ask the hotline", "desk", number],
  ]);
  expect(view.missing).toEqual(["request"]);
  expect(faults).toEqual(["request"]);
  const hotline = view.entries[2]!;
  const until = new Date(room.clock.now().getTime() + 3_600_000).toISOString();
  await putOff(room, standing(bayu), { entries: [hotline], until });
  const after = await inboxOf(room, [caseTasks(room)], standing(bayu), () => undefined);
  expect(after.later).toEqual([{ ...hotline, until }]);
  expect(after.entries.map((one) => one.title)).not.toContain(hotline.title);
  await takeUp(room, standing(bayu), [hotline]);
  expect((await inboxOf(room, [caseTasks(room)], standing(bayu), () => undefined)).later).toEqual([]);
  await expect(
    putOff(room, standing(bayu), { entries: [{ kind: "distress", id: "x" }], until }),
  ).rejects.toMatchObject({ code: "MAY_NOT_WAIT" });
  expect((await inboxOf(room, [caseTasks(room)], standing(dewi), () => undefined)).entries).toEqual([]);
});

test("what is due in the night is before what is due that day, and what waits longest comes first", async () => {
  const entry = (title: string, due: string | null, since: string) =>
    ({ id: newId(), kind: "task", title, to: "/", due, since, for: "me", case: null }) as const;
  const source: InboxSource = {
    name: "task",
    waiting: () =>
      Promise.resolve([
        entry("no hurry", null, "2031-01-02"),
        entry("old, no hurry", null, "2031-01-01"),
        entry("that day", "2031-04-17", "2031-01-01"),
        entry("that night", "2031-04-17T03:00:00Z", "2031-01-01"),
      ]),
  };
  const view = await inboxOf(casesRoom((await testStore()).store), [source], standing(sari), () => undefined);
  expect(view.entries.map((one) => one.title)).toEqual([
    "that night",
    "that day",
    "old, no hurry",
    "no hurry",
  ]);
});

test("a view shows what is for her, of one kind, of one case, or overdue", () => {
  const entry = (id: number, over: Partial<InboxEntry>): InboxEntry => ({
    ...{ id: newId(), kind: "task", title: String(id), to: "/", due: null, since: "2031-04-01T00:00:00Z" },
    ...{ for: "me", case: null, ...over },
  });
  const entries = [
    entry(1, { due: "2031-04-17" }),
    entry(2, { for: "desk", case: { id: newId(), number: "ID-2031-000001", title: "The Park" } }),
    entry(3, { kind: "request", due: "2031-04-18" }),
  ];
  const shows = (by: Record<string, string>): string =>
    chosen(entries, by, new Date("2031-04-18T09:00:00Z"))
      .map((one) => one.title)
      .join("");
  expect(shows({})).toBe("123");
  expect(shows({ for: "desk" })).toBe("2");
  expect(shows({ kind: "task", for: "me" })).toBe("1");
  expect(shows({ case: "ID-2031-000001" })).toBe("2");
  // A day lasts until it ends.
  expect(shows({ due: "over" })).toBe("1");
});

test("views that she named are hers alone: one name has one view, and there is an end to how many", async () => {
  const { store } = await testStore();
  const room = casesRoom(store);
  const names = async (who: typeof sari) => (await viewsOf(store, standing(who))).map((one) => one.name);
  await keepView(room, standing(sari), { name: "Tasks", filters: { kind: "task" } });
  const { id } = await keepView(room, standing(sari), {
    name: "Tasks",
    filters: { kind: "task", for: "me" },
  });
  expect(await viewsOf(store, standing(sari))).toEqual([
    { id, name: "Tasks", filters: { kind: "task", for: "me" } },
  ]);
  expect(await names(bayu)).toEqual([]);
  await expect(forgetView(room, standing(bayu), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (let n = 1; n < inboxLimits.views; n++)
    await keepView(room, standing(sari), { name: `View ${n}`, filters: {} });
  await expect(keepView(room, standing(sari), { name: "More", filters: {} })).rejects.toMatchObject({
    code: "LIMIT_REACHED",
  });
  await keepView(room, standing(sari), { name: "Tasks", filters: {} });
  await forgetView(room, standing(sari), id);
  expect(await names(sari)).toHaveLength(inboxLimits.views - 1);
});

test("what was put off comes back at its time, a day before it is due, or when it comes anew", () => {
  const entry = { id: newId(), kind: "task", due: "2031-04-20T09:00:00Z", since: "2031-04-01T00:00:00Z" };
  const [at, until] = [new Date("2031-04-10T09:00:00Z"), new Date("2031-04-30T09:00:00Z")];
  const put = [{ kind: "task", id: entry.id, at, until }];
  const seen = (now: string, over = {}) => putOffUntil({ ...entry, ...over }, put, new Date(now)) === null;
  expect(seen("2031-04-19T08:00:00Z")).toBe(false);
  expect(seen("2031-04-19T09:00:00Z")).toBe(true);
  expect(seen("2031-04-29T09:00:00Z", { due: null })).toBe(false);
  expect(seen("2031-04-30T09:00:00Z", { due: null })).toBe(true);
  expect(seen("2031-04-11T09:00:00Z", { since: "2031-04-10T10:00:00Z" })).toBe(true);
});
