// A joint investigation of three states as their officers see it, from the note on one page to the signed list at its end.
import { readFile } from "node:fs/promises";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CaseHead } from "../cases/contract.ts";
import step from "../access/words/en.json" with { type: "json" };
import unit from "../coordination/words/en.json" with { type: "json" };
import type { NoteDraft, Page as Things, SpaceChoice, SpaceView } from "./contract.ts";
import { exhibit } from "../../testing/joint-room.ts";
import { approve, noteOfThree, propose, prove, space, stands, writes } from "./testing.ts";
import say from "./words/en.json" with { type: "json" };

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let id: Nation, kh: Nation, ph: Nation;
let browser: Browser;
let agus: Page, sophea: Page, grace: Page;
let it: string;
const title = "EXERCISE: the compound by the lake";

beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [agus, sophea, grace] = await Promise.all([
    enter(browser, id, "agus", { language: "en" }),
    enter(browser, kh, "sophea", { language: "en" }),
    enter(browser, ph, "grace", { language: "en" }),
  ]);
});
afterAll(() => browser.close());

/** The red button, the preview behind it, and yes; with a second factor where it binds the state. */
async function leave(page: Page, label: string, factor = true): Promise<void> {
  await page.getByRole("button", { name: label, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: label, exact: true }).click();
  if (factor) await page.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await page.getByRole("dialog").first().waitFor({ state: "detached" });
}
const at = (nation: Nation, more = ""): string => `${nation.web.address}/joint/${it}${more}`;

/** Everything of her case that may go in. */
async function putsCaseIn(who: Person): Promise<void> {
  const { cases } = await who.must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=1");
  const of = cases[0]!.number;
  const { choices } = await who.must<{ choices: SpaceChoice[] }>(
    "GET",
    `/api/joint/${it}/choices?case=${of}`,
  );
  const chosen = (items: boolean) =>
    choices
      .filter((one) => one.stop === null && !one.forbidden && (one.kind === "item") === items)
      .map(({ id: record, handling, evaluation: { source, information } }) => ({
        ...{ id: record, handling, evaluation: { source, information }, link: "EXERCISE: of the same site" },
      }));
  const items = chosen(true).map((one) => ({ ...one, disclosure: "disclosable" }));
  await prove(who, "joint.release", it);
  await who.must("POST", `/api/joint/${it}/things`, { case: of, records: chosen(false), items, own: [] });
}

/** A prosecutor of the liaison officer's state is named for the space; gives her. */
async function lawyer(nation: Nation, liaison: string, who: string): Promise<Person> {
  const named = await nation.as(who);
  await (
    await nation.as(liaison)
  ).must("POST", `/api/joint/${it}/members`, { officer: named.id, role: "reader" });
  return named;
}
async function clears(who: Person): Promise<void> {
  const { note, digest } = await space(who, it);
  await prove(who, "joint.clear", it);
  await who.must("POST", `/api/joint/${it}/clear`, { version: note.version, digest, text: "" });
}

test("a note on one page is cleared and leaves with her signature; two other states read the same words, remark, approve, and it is open", async () => {
  await agus.goto(`${id.web.address}/joint/new`);
  await agus.getByLabel(say["joint.note.title"]).fill(title);
  await agus.getByRole("combobox", { name: say["joint.note.parties"] }).click();
  for (const state of ["Cambodia", "Philippines"]) await agus.getByRole("option", { name: state }).click();
  await agus.keyboard.press("Escape");
  await agus.getByRole("textbox", { name: say["joint.note.facts"] }).fill(noteOfThree().facts);
  await agus.getByRole("combobox", { name: say["joint.note.offences"] }).click();
  await agus.getByRole("option", { name: "Trafficking for forced criminality" }).click();
  await agus.keyboard.press("Escape");
  await agus.getByRole("combobox", { name: say["joint.note.clauses"] }).click();
  await agus.getByRole("option", { name: say["joint.clause.media"] }).click();
  await agus.getByRole("option", { name: say["joint.clause.basis"] }).click();
  await agus.keyboard.press("Escape");
  await agus
    .getByRole("textbox", { name: say["joint.clause.media"] })
    .fill("EXERCISE: all speak, or nobody.");
  await agus
    .getByRole("textbox", { name: /: Philippines$/ })
    .first()
    .fill("EXERCISE: RA 9208");
  await agus.getByRole("checkbox", { name: say["joint.note.clearance"] }).check();
  await look(agus, "joint-new");
  await agus.getByRole("button", { name: say["joint.save"] }).click();
  await agus.waitForURL(/\/joint\/[0-9a-f-]{36}$/);
  it = agus.url().split("/").at(-1)!;
  await clears(await lawyer(id, "agus", "ratna"));
  await leave(agus, say["joint.send"]);
  await agus.getByText(say["joint.phase.proposed"]).waitFor();
  await stands(await kh.as("sophea"), it, (one) => one.may.includes("approve"));
  await sophea.goto(`${kh.web.address}/joint`);
  await sophea.getByText(say["joint.asksUs"]).waitFor();
  await sophea.getByRole("link", { name: title }).click();
  await sophea.getByText("EXERCISE: all speak, or nobody.").waitFor();
  await lawyer(kh, "sophea", "chantha");
  const chantha = await enter(browser, kh, "chantha", { language: "en", width: 390 });
  await chantha.goto(at(kh, "?tab=paper"));
  await leave(chantha, say["joint.clear"]);
  await chantha.getByRole("region", { name: say["joint.clearance"] }).getByText("Cambodia").waitFor();
  await look(chantha, "joint-clearance");
  await sophea.getByRole("combobox", { name: say["joint.remark.on"] }).click();
  await sophea.getByRole("option", { name: say["joint.clause.media"], exact: true }).click();
  await sophea
    .getByRole("textbox", { name: say["joint.remark"] })
    .fill("EXERCISE: our court decides who speaks");
  await leave(sophea, say["joint.remark.send"], false);
  await agus.getByRole("note").getByText("EXERCISE: our court decides who speaks").waitFor();
  await look(agus, "joint-remark");
  await look(sophea, "joint-asked");
  const [pdf] = await Promise.all([
    sophea.waitForEvent("download"),
    sophea.getByRole("link", { name: say["joint.paper.get"] }).click(),
  ]);
  expect(pdf.suggestedFilename()).toMatch(/^joint-note-.*\.pdf$/);
  await leave(sophea, say["joint.approve"]);
  await sophea.getByRole("link", { name: say["joint.put"] }).first().waitFor();
  await stands(await ph.as("grace"), it, (one) => one.may.includes("approve"));
  await clears(await lawyer(ph, "grace", "teresa"));
  await grace.goto(at(ph));
  await leave(grace, say["joint.approve"]);
  await stands(await id.as("agus"), it, (one) => one.parties.every((party) => party.stands === "in"));
});

test("what each puts in stands at the others: in the list, on the line of time, on the map, in the chart, in every party's time", async () => {
  const [liaison, over] = [await id.as("agus"), await kh.as("sophea")];
  const [rina, sreymom] = [await id.as("rina"), await kh.as("sreymom")];
  await liaison.must("POST", `/api/joint/${it}/members`, { officer: rina.id, role: "contributor" });
  await over.must("POST", `/api/joint/${it}/members`, { officer: sreymom.id, role: "contributor" });
  const { cases } = await rina.must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=1");
  const chat = { name: "EXERCISE-chat.txt", text: "EXERCISE: the van leaves at nine" };
  await exhibit(id, rina, { ...chat, case: cases[0]!.id });
  await putsCaseIn(rina);
  await putsCaseIn(sreymom);
  const handling = { codes: ["H1", "H2"] as ("H1" | "H2")[] };
  const hearing = {
    title: "EXERCISE: hearing",
    at: "2031-03-10T02:00:00Z",
    text: "",
    discloses: true as const,
  };
  await (
    await ph.as("grace")
  ).must("POST", `/api/joint/${it}/things`, {
    ...writes(""),
    own: [{ kind: "date", fields: hearing, handling }],
  });
  await sophea.goto(at(kh, "/put"));
  await sophea.getByLabel(say["joint.text"]).fill("EXERCISE: the owner of the site rents three more.");
  await leave(sophea, say["joint.put"], false);
  await stands(liaison, it, (one) =>
    ["note", "date", "selector"].every((kind) => one.counts.some((each) => each.kind === kind)),
  );
  const parties = new Set(
    (await liaison.must<{ things: { party: string }[] }>("GET", `/api/joint/${it}/picture`)).things.map(
      (one) => one.party,
    ),
  );
  expect(parties).toEqual(new Set(["id", "kh", "ph"]));
  await agus.goto(at(id));
  await agus.getByText("EXERCISE: the owner of the site rents three more.").waitFor();
  await look(agus, "joint-space");
  // Who is linked with whom, in the list.
  await agus.goto(at(id, "?kind=link"));
  await agus
    .getByRole("article", { name: /^.+ – .+ – .+$/ })
    .first()
    .waitFor();
  await look(agus, "joint-links");
  await agus.goto(at(id));
  // An exhibit lies there by reference, with its certificate and what each court does with it (JIT-6).
  const { things: exhibits } = await over.must<Things>("GET", `/api/joint/${it}/things?kind=item`);
  const ours = exhibits.find((one) => one.party === "id")!;
  expect(ours.content).toMatchObject({ item: { disclosure: [{ state: "id", status: "disclosable" }] } });
  await sophea.goto(at(kh, "?kind=item"));
  const card = sophea.getByRole("article", { name: ours.title }).first();
  const [certificate] = await Promise.all([
    sophea.waitForEvent("download"),
    card.getByRole("link", { name: say["joint.certificate.get"] }).click(),
  ]);
  expect((await readFile(await certificate.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await look(sophea, "joint-exhibits");
  for (const [tab, seen] of [
    ["timeline", agus.locator(".mantine-Timeline-item").first()],
    ["map", agus.locator(".c-site").first()],
    ["chart", agus.getByRole("table")],
    ["calendar", agus.getByText(say["joint.forcesDisclosure"])],
    ["parties", agus.getByRole("article", { name: "Cambodia" })],
  ] as const) {
    await agus.getByRole("tab", { name: say[`joint.${tab}`], exact: true }).click();
    await seen.waitFor();
    await look(agus, `joint-${tab}`);
  }
});

test("a coordination unit follows another space in figures on its phone, says one thing, and is answered where the parties work", async () => {
  const more = { parties: ["id", "kh"], coordination: ["ph"], title: "EXERCISE: another space" };
  const other = await propose(await id.as("agus"), noteOfThree(more as Partial<NoteDraft>));
  await approve(await kh.as("sophea"), other);
  const amara = await enter(browser, ph, "amara", { language: "en", width: 390 });
  await amara.goto(`${ph.web.address}/coordination`);
  const code = `S-${other.slice(-8).toUpperCase()}`;
  await amara.getByRole("link", { name: new RegExp(code) }).click();
  const cambodia = amara.getByRole("article", { name: "Cambodia" });
  await cambodia.getByText(unit["coordination.members"]).waitFor();
  await amara.getByRole("button", { name: unit["coordination.speak"] }).click();
  await amara.getByRole("radio", { name: unit["coordination.word.overdue"] }).check();
  await look(amara, "coordination-speak");
  await amara.getByRole("button", { name: unit["coordination.speak.act"] }).click();
  await cambodia.getByText(unit["coordination.answer.none"]).waitFor();
  await stands(await kh.as("sophea"), other, (one) => one.phase === "open");
  await sophea.goto(`${kh.web.address}/joint/${other}?tab=parties`);
  const said = sophea.getByRole("article", { name: unit["coordination.word.overdue"] });
  await said.waitFor();
  await look(sophea, "coordination-told");
  await said.getByRole("button", { name: unit["coordination.answer.done"] }).click();
  await cambodia.getByText(unit["coordination.answer.done"], { exact: true }).waitFor();
  await look(amara, "coordination-one");
  expect(await amara.locator("main").innerText()).not.toContain("another space");
});

test("the agreement's file is signed by the other state, and at the end each signs for what it keeps", async () => {
  const liaison = await id.as("agus");
  const paper = { name: "agreement.pdf", mediaType: "application/pdf", replaces: null };
  const bytes = Buffer.from("%PDF EXERCISE").toString("base64");
  await liaison.must("POST", `/api/joint/${it}/documents`, { ...paper, bytes });
  await stands(await kh.as("sophea"), it, (one) => one.documents.length === 1);
  await sophea.goto(at(kh, "?tab=paper"));
  await leave(sophea, say["joint.documents.sign"]);
  await stands(liaison, it, (one) => one.documents[0]?.signatures.length === 1);
  await look(sophea, "joint-paper");
  for (const nation of [id, kh, ph]) nation.clock.offMs = 40 * 86_400_000;
  agus = await enter(browser, id, "agus", { language: "en" });
  await agus.goto(at(id));
  await agus.getByRole("button", { name: say["joint.act.confirm"] }).click();
  await agus.getByRole("button", { name: say["joint.download"] }).click();
  await agus.getByRole("button", { name: say["joint.confirmSign"] }).click();
  await agus.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await agus.getByText(say["joint.phase.purged"]).waitFor();
  await agus.getByRole("tab", { name: say["joint.note"], exact: true }).click();
  await agus.getByRole("button", { name: say["joint.evaluation.write"] }).click();
  await look(agus, "joint-ended");
  await agus.getByRole("button", { name: say["joint.evaluation.send"] }).click();
  await agus.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await agus.getByRole("article", { name: "Indonesia" }).waitFor();
  // The other two wind down as well; then each reads of all three what they signed for.
  for (const [nation, who] of [
    [kh, "sophea"],
    [ph, "grace"],
  ] as const) {
    const other = await nation.as(who);
    const { digest } = await other.must<{ digest: string }>("GET", `/api/joint/${it}/export`);
    await prove(other, "joint.sign", it);
    await other.must("POST", `/api/joint/${it}/confirm`, { digest });
  }
  for (const [nation, who] of [
    [id, "agus"],
    [kh, "sophea"],
    [ph, "grace"],
  ] as const) {
    const all = (one: SpaceView): boolean => one.parties.every((party) => party.confirmed !== null);
    const phase = nation === id ? "archived" : "purged";
    expect(await stands(await nation.as(who), it, all)).toMatchObject({ phase, counts: [] });
  }
  const ended = await space(await id.as("agus"), it);
  expect(ended).toMatchObject({ phase: "archived", evaluations: [{ party: "id", reached: "partly" }] });
  await agus.goto(`${id.web.address}/joint`);
  await agus.getByText(/^Archive: /).click();
  await agus.getByRole("link", { name: title, exact: true }).waitFor();
  await look(agus, "joint-archive");
});
