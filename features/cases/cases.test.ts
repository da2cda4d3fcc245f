// The work of the cases room as stories, on the real database.
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { addRecord } from "./add.ts";
import { editField, removeRecord, settle } from "./change.ts";
import type { ConfirmedFinding } from "./contract.ts";
import { addMember, endMember, setState } from "./lead.ts";
import { activityOf, historyOf, listing, searching, viewCase, viewRecords } from "./look.ts";
import { openCase } from "./open.ts";
import { casesForOthers } from "./others.ts";
import { as, casesRoom, desks, job, newId, officers } from "./testing.ts";

const { sari, bayu, rina, joko, dewi, agus, lestari } = officers;
let room: ReturnType<typeof casesRoom>;
beforeAll(async () => {
  room = casesRoom((await testStore()).store);
});

const park = { title: "Job offers that end at the Park", crimeType: "trafficking-forced-criminality" };
const melly = { role: "suspect", names: [{ text: "Kak Melly", language: "id", alias: true }] };
const open = (ask: { covert?: boolean; title?: string } = {}, who = sari) =>
  openCase(room, as(who), { ...park, ...ask });

describe("opening a case", () => {
  test("numbers follow each other without a gap, also when two open at once and one fails", async () => {
    const openings = [open(), open({ title: " " }).catch(() => null), open(), open()];
    const made = (await Promise.all(openings)).filter((one) => one !== null);
    const next = await open();
    const serials = [...made, next].map((one) => Number(one.number.slice(8))).sort((a, b) => a - b);
    expect(serials).toEqual(serials.map((_, i) => serials[0]! + i));
    expect(next.number).toMatch(/^ID-\d{4}-\d{6}$/);
  });

  test("who opens it leads it, and its crime type comes from the list in force", async () => {
    const { id } = await open();
    const view = await viewCase(room, as(sari), id);
    expect(view.team).toMatchObject([{ officer: sari.id, role: "lead" }]);
    expect(view.may).toEqual([
      "case.edit",
      "case.note",
      "case.task",
      "case.assign",
      "case.close",
      "check.ask",
      "hand-over.offer",
    ]);
    await expect(openCase(room, as(sari), { ...park, crimeType: "witchcraft" })).rejects.toThrow(
      "NOT_A_CODE",
    );
  });

  test("confirmed findings come with their item, passage and holder", async () => {
    const item = newId();
    const finding = (written: string, role: ConfirmedFinding["role"], start: number): ConfirmedFinding => ({
      item,
      place: { part: "14", start, end: start + written.length },
      type: "phone",
      written,
      canonical: written.replaceAll(" ", ""),
      profile: "phone/1",
      valid: true,
      role,
    });
    const others = casesForOthers(room);
    const { id } = await others.openCaseFrom({ actor: sari, purpose: "crime-investigation" }, park, [
      finding("+62 854 0000 1702", "suspect", 10),
      finding("+62 854 0000 2318", "victim", 80),
      finding("+6285400001702", "suspect", 200),
    ]);
    const { records } = await viewRecords(room, as(sari), id, ["selector"]);
    expect(records.selector!.map((one) => [one.canonical, one.role, one.source])).toEqual([
      ["+6285400001702", "suspect", { kind: "item", item, place: { part: "14", start: 10, end: 27 } }],
      ["+6285400002318", "victim", { kind: "item", item, place: { part: "14", start: 80, end: 97 } }],
    ]);
    expect(records.selector![0]).toMatchObject({
      handling: { codes: ["H1", "H2"] },
      evaluation: { scheme: "4x4", source: "X", information: "4", desk: desks.online },
    });
  });

  test("an administrator and a caseworker open none", async () => {
    await expect(open({}, agus)).rejects.toThrow("NOT_ALLOWED");
    await expect(open({}, lestari)).rejects.toThrow("NOT_ALLOWED");
  });
});

describe("who sees it", () => {
  test("an ordinary case is its agency's; another agency and the administrator find nothing at its address", async () => {
    const { id, number } = await open();
    expect((await viewCase(room, as(joko), number)).id).toBe(id);
    for (const who of [dewi, agus, lestari]) {
      await expect(viewCase(room, as(who), id)).rejects.toThrow("NOT_FOUND");
      await expect(viewCase(room, as(who), number)).rejects.toThrow("NOT_FOUND");
      expect((await listing(room, as(who), {})).cases.map((one) => one.id)).not.toContain(id);
    }
  });

  test("a covert case is its team's and its supervisor's, and no colleague's", async () => {
    const { id } = await open({ covert: true, title: "Kasus senyap Morokot" });
    await addRecord(room, as(sari), id, "selector", {
      type: "phone",
      written: "+6285400009999",
      role: "suspect",
    });
    expect((await viewCase(room, as(rina), id)).covert).toBe(true);
    await expect(viewCase(room, as(bayu), id)).rejects.toThrow("NOT_FOUND");
    expect(await searching(room, as(bayu), "Morokot")).toEqual([]);
    expect(await searching(room, as(bayu), "+6285400009999")).toEqual([]);
    await addMember(room, as(sari), id, { officer: bayu.id, role: "investigator" });
    expect((await searching(room, as(bayu), "9999")).map((one) => one.case)).toEqual([id]);
    await endMember(room, as(rina), id, bayu.id);
    await expect(viewCase(room, as(bayu), id)).rejects.toThrow("NOT_FOUND");
  });

  test("an officer of another agency works on a case once she is of its team", async () => {
    const { id } = await open();
    await addMember(room, as(sari), id, { officer: dewi.id, role: "investigator" });
    expect((await viewCase(room, as(dewi), id)).may).toContain("case.edit");
  });

  test("nobody hides a case from herself", async () => {
    const { id } = await open();
    const ask = { field: "covert", value: true, read: 1 };
    await expect(editField(room, as(bayu), id, "case", id, ask)).rejects.toThrow("OUT_OF_SIGHT");
    expect(await editField(room, as(sari), id, "case", id, ask)).toEqual({ kind: "stands", version: 2 });
    expect(await searching(room, as(bayu), (await viewCase(room, as(sari), id)).number)).toEqual([]);
  });
});

describe("a number in two cases", () => {
  test("tells in how many other cases one may see it, and nothing of those one may not", async () => {
    const phone = { type: "phone", written: "+62 854 0000 4444", role: "suspect" };
    const here = await open();
    const there = await open();
    const hidden = await open({ covert: true });
    const elsewhere = await openCase(room, as(dewi), park);
    for (const [one, who] of [
      [here, sari],
      [there, sari],
      [hidden, sari],
      [elsewhere, dewi],
    ] as const)
      await addRecord(room, as(who), one.id, "selector", phone);
    const seenBy = async (who: typeof sari): Promise<number> =>
      (await viewRecords(room, as(who), here.id, ["selector"])).records.selector![0]!.elsewhere;
    expect(await seenBy(bayu)).toBe(1);
    expect(await seenBy(sari)).toBe(2);
    const byValue = await listing(room, as(bayu), { selector: "+6285400004444" });
    expect(byValue.cases.map((one) => one.id).sort()).toEqual([here.id, there.id].sort());
    const stored = await room.store.read(job, (db) =>
      sql<{
        n: number;
      }>`select count(*)::int as n from simpul.selector_values where canonical = '+6285400004444'`.execute(
        db.rows,
      ),
    );
    expect(stored.rows[0]!.n).toBe(1);
  });
});

describe("victims", () => {
  test("a subject who is a victim takes no name, only the pseudonym that the case gives", async () => {
    const { id } = await open();
    const named = { role: "victim", names: [{ text: "Putri", language: "id" }] };
    await expect(addRecord(room, as(sari), id, "subject", named)).rejects.toThrow("NAME_OF_PROTECTED");
    await expect(
      addRecord(room, as(sari), id, "subject", { role: "witness", birth: "2008" }),
    ).rejects.toThrow("NAME_OF_PROTECTED");
    const victim = await addRecord(room, as(sari), id, "subject", { role: "victim", pseudonym: "Putri" });
    expect(victim).toMatchObject({ pseudonym: "V-1", names: [] });
    const ask = { field: "names", value: named.names, read: 1 };
    await expect(editField(room, as(sari), id, "subject", victim.id, ask)).rejects.toThrow(
      "NAME_OF_PROTECTED",
    );
  });

  test("a suspect who turns out to be a victim leaves her name behind, in every version and in the search", async () => {
    const { id } = await open();
    const subject = await addRecord(room, as(sari), id, "subject", {
      role: "suspect",
      names: [{ text: "Wulan Contoh", language: "id" }],
      birth: "2014",
    });
    await editField(room, as(sari), id, "subject", subject.id, { field: "birth", value: "2013", read: 1 });
    expect(await searching(room, as(sari), "Wulan")).toHaveLength(1);
    await editField(room, as(sari), id, "subject", subject.id, { field: "role", value: "victim", read: 1 });
    const [after] = (await viewRecords(room, as(sari), id, ["subject"])).records.subject!;
    expect(after).toMatchObject({ role: "victim", pseudonym: "V-1", names: [], birth: null });
    expect(JSON.stringify(await historyOf(room, as(sari), id, "subject", subject.id))).not.toMatch(
      /Wulan|2013|2014/,
    );
    expect(await searching(room, as(sari), "Wulan")).toEqual([]);
  });
});

describe("two officers at one field", () => {
  test("both values are kept and shown, and nothing is lost when one of them is chosen", async () => {
    const { id } = await open();
    const subject = await addRecord(room, as(sari), id, "subject", { ...melly, birth: "1999" });
    const edit = (who: typeof sari, value: string, read: number) =>
      editField(room, as(who), id, "subject", subject.id, { field: "birth", value, read });
    expect(await edit(sari, "1998", 1)).toEqual({ kind: "stands", version: 2 });
    expect(await edit(bayu, "1997-05", 1)).toEqual({ kind: "conflict", version: 3 });
    const [shown] = (await viewRecords(room, as(rina), id, ["subject"])).records.subject!;
    expect(shown).toMatchObject({
      birth: "1998",
      versions: { birth: 2 },
      conflicts: [{ field: "birth", version: 3, base: 1, value: "1997-05", by: bayu.id }],
    });
    await settle(room, as(rina), id, "subject", subject.id, { field: "birth", version: 3 });
    const [settled] = (await viewRecords(room, as(sari), id, ["subject"])).records.subject!;
    expect(settled).toMatchObject({ birth: "1997-05", versions: { birth: 3 }, conflicts: [] });
    const history = await historyOf(room, as(sari), id, "subject", subject.id);
    expect(history.map((one) => [one.version, one.value, one.standing, one.by])).toEqual([
      [1, "1999", "superseded", sari.id],
      [2, "1998", "superseded", sari.id],
      [3, "1997-05", "current", bayu.id],
    ]);
  });

  test("truly at the same moment, one stands and the other is kept beside it", async () => {
    const { id } = await open();
    const titles = ["The Park and its landlord", "Offers on Telegram"];
    const done = await Promise.all(
      [sari, bayu].map((who, i) =>
        editField(room, as(who), id, "case", id, { field: "title", value: titles[i], read: 1 }),
      ),
    );
    expect(done.map((one) => one.kind).sort()).toEqual(["conflict", "stands"]);
    const view = await viewCase(room, as(sari), id);
    expect([view.title, view.conflicts[0]!.value].sort()).toEqual(titles.toSorted());
    expect(await searching(room, as(sari), view.title)).not.toEqual([]);
  });

  test("the same words twice are no quarrel, and a version that never was is refused", async () => {
    const { id } = await open();
    const note = await addRecord(room, as(sari), id, "note", { body: "Called the hotline.", language: "en" });
    const edit = (who: typeof sari, value: string, read: number) =>
      editField(room, as(who), id, "note", note.id, { field: "body", value, read });
    await edit(sari, "Called the hotline twice.", 1);
    expect((await edit(bayu, "Called the hotline twice.", 1)).kind).toBe("same");
    await expect(edit(bayu, "x", 7)).rejects.toThrow("NOT_A_VALUE");
  });

  test("a regrade is a new version with its desk and day; the old grade stays", async () => {
    const { id } = await open();
    const phone = await addRecord(room, as(sari), id, "selector", {
      type: "phone",
      written: "+6285400005555",
      role: "suspect",
    });
    await editField(room, as(rina), id, "selector", phone.id, {
      field: "evaluation",
      value: { source: "B", information: "2" },
      read: 1,
    });
    const history = await historyOf(room, as(sari), id, "selector", phone.id);
    expect(history.map((one) => one.value)).toMatchObject([
      { scheme: "4x4", source: "X", information: "4" },
      { scheme: "4x4", source: "B", information: "2", desk: desks.online },
    ]);
  });
});

describe("what a case refuses", () => {
  test.each([
    ["subject", { role: "suspect", names: [] }, "NOT_A_VALUE"],
    ["subject", { role: "king", names: [{ text: "A", language: "id" }] }, "NOT_A_VALUE"],
    ["subject", { ...melly, birth: "2574" }, "NOT_A_DATE"],
    ["subject", { ...melly, address: "x" }, "NOT_A_FIELD"],
    ["place", { names: [{ text: "Park", language: "en" }], kind: "castle", country: "KH" }, "NOT_A_CODE"],
    [
      "place",
      {
        names: [{ text: "Park", language: "en" }],
        kind: "site",
        country: "KH",
        position: { latitude: 95, longitude: 1, radius: 5 },
      },
      "NOT_A_VALUE",
    ],
    [
      "event",
      { kind: "travel", title: "Night drive", began: "2031-04-17", ended: "2031-04-01" },
      "NOT_A_DATE",
    ],
    [
      "event",
      { kind: "travel", title: "Night drive", began: "2031-04-17", subjects: [newId()] },
      "NOT_IN_THIS_CASE",
    ],
    ["link", { kind: "knows", from: newId(), toKind: "subject", to: newId() }, "NOT_IN_THIS_CASE"],
    ["note", { body: "a\u0000b", language: "en" }, "NOT_A_VALUE"],
    ["note", { body: "x".repeat(20_001), language: "en" }, "NOT_A_VALUE"],
    ["selector", { type: "phone", written: "x".repeat(3000), role: "suspect" }, "NOT_A_VALUE"],
  ] as const)("%s %j is refused with %s", async (kind, fields, code) => {
    const { id } = await open();
    await expect(addRecord(room, as(sari), id, kind, fields)).rejects.toMatchObject({ code });
  });

  test("a closed case takes nothing more until it is opened again", async () => {
    const { id } = await open();
    await expect(setState(room, as(sari), id, { state: "closed", reason: "because" })).rejects.toThrow(
      "NOT_A_CODE",
    );
    await setState(room, as(sari), id, { state: "closed", reason: "charged" });
    await expect(addRecord(room, as(sari), id, "subject", melly)).rejects.toThrow("CASE_CLOSED");
    await setState(room, as(sari), id, { state: "open" });
    await addRecord(room, as(sari), id, "subject", melly);
  });

  test("the same number written twice in another way is one selector", async () => {
    const { id } = await open();
    await addRecord(room, as(sari), id, "selector", {
      type: "phone",
      written: "0854 0000 6666",
      role: "suspect",
    });
    await expect(
      addRecord(room, as(sari), id, "selector", {
        type: "phone",
        written: "+62 854-0000-6666",
        role: "business",
      }),
    ).rejects.toThrow("ALREADY_THERE");
  });
});

describe("working in a case", () => {
  test("links, events and places stand together, and what was removed can be brought back", async () => {
    const { id } = await open();
    const a = await addRecord(room, as(sari), id, "subject", melly);
    const site = await addRecord(room, as(sari), id, "place", {
      names: [{ text: "សួនឧស្សាហកម្ម មរកត", language: "km", romanised: "Morokot Park", how: "ungegn" }],
      kind: "site",
      country: "KH",
      province: "Preah Sihanouk",
      position: { latitude: 10.75, longitude: 103.65, radius: 15_000 },
    });
    await addRecord(room, as(sari), id, "event", {
      kind: "travel",
      title: "Driven by night",
      began: "2031-03~",
      place: site.id,
      subjects: [a.id],
    });
    const link = await addRecord(
      room,
      as(sari),
      id,
      "link",
      { kind: "works-at", from: a.id, toKind: "place", to: site.id },
      {
        evaluation: { source: "B", information: "3" },
        source: { kind: "officer", says: "told by the returned worker" },
      },
    );
    expect(link.evaluation).toMatchObject({ source: "B", information: "3" });
    for (const asked of ["មរកត", "morokot", "Park"]) {
      const found = await searching(room, as(sari), asked);
      expect(found.map((one) => one.record)).toContain(site.id);
    }
    await removeRecord(room, as(sari), id, "link", link.id, true);
    expect((await viewCase(room, as(sari), id)).holds).toMatchObject({ link: 0, event: 1, place: 1 });
    await removeRecord(room, as(sari), id, "link", link.id, false);
    expect((await viewCase(room, as(sari), id)).holds.link).toBe(1);
  });

  test("the activity tells every act and every look, in the order in which they happened", async () => {
    const { id } = await open();
    await addRecord(room, as(sari), id, "subject", melly);
    await viewCase(room, as(joko), id);
    const { activity } = await activityOf(room, as(rina), id, {});
    expect(activity.map((one) => [one.kind, one.by, one.read])).toEqual([
      ["case.viewed", `officer:${joko.id}`, true],
      ["case.subject-added", `officer:${sari.id}`, false],
      ["case.opened", `officer:${sari.id}`, false],
    ]);
    expect((await activityOf(room, as(rina), id, { reads: false })).activity).toHaveLength(2);
    await expect(activityOf(room, as(dewi), id, {})).rejects.toThrow("NOT_FOUND");
    expect(room.woken).toContain(`case:${id}`);
  });

  test("who may only look cannot change, and the list tells more pages", async () => {
    const { id } = await open();
    await expect(addRecord(room, as(joko), id, "subject", melly)).rejects.toThrow("NOT_ALLOWED");
    await addRecord(room, as(joko), id, "note", { body: "The wallet is known to my desk.", language: "en" });
    const first = await listing(room, as(sari), { limit: 2 });
    const second = await listing(room, as(sari), { limit: 2, cursor: first.next! });
    expect(new Set([...first.cases, ...second.cases].map((one) => one.id)).size).toBe(4);
  });
});
