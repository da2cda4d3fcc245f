// One person, a suspect in Cambodia and a presumed victim in Indonesia, from rescue to return, in real browsers: screened on a
// phone without a line, found by two victim desks together, not charged by oversight, handed over on his word, home.
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look, settled } from "@simpul/testing/pages";
import { handOver, helper, says, stands, until, word, type Helper } from "../../testing/shares.ts";
import type { Id } from "@simpul/model";
import { accessNode, casesNode, reviewsNode, searchNode } from "@simpul/server";
import { tellDeskKey } from "../../features/referrals/desk-keys/keys.ts";
import type { CompareView, ReviewView } from "../../features/reviews/contract.ts";
import type { SearchesView } from "../../features/reviews/contract/search.ts";
import type { KeyView } from "../../features/reviews/keys.ts";
import { sendReplies } from "../../features/reviews/search/peer.ts";
import type { ScreeningsView } from "../../features/screening/contract.ts";
import type { Plan } from "../../features/returns/contract.ts";
import { statusKind } from "../../features/victims/contract.ts";
import { exercisePassphrase } from "../../features/victims/opening.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { referralsNode } from "../server/referrals.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 180_000 });

let id: Nation, kh: Nation;
let browser: Browser;
let dara: Person;
let maya: Helper, sreypov: Helper, thida: Helper;
/** At the Indonesian desk; at the Cambodian one as it was told of him, and as he was screened. */
let known: Id, told: Id, screened: Id;
let review: Id, other: Id;
const hour = 3_600_000;

beforeAll(async () => {
  [{ id, kh }, browser] = await Promise.all([nations("id", "kh"), openBrowser()]);
  await open();
  for (const [nation, of] of [
    [id, maya],
    [kh, sreypov],
  ] as const)
    await tellDeskKey(referralsNode(nation.node, accessNode(nation.node, nation.web.address), of.room));
  for (const of of [maya, sreypov])
    await until(async () => {
      const { states } = await of.person.must<{ states: string[] }>("GET", "/api/reviews/searches");
      return states.length === 1 ? states : null;
    }, "the desks never learnt each other's keys");
});
afterAll(() => browser.close());

/** Sessions end while clocks move on; each desk opens anew. */
async function open(): Promise<void> {
  maya = await helper(id, "maya");
  sreypov = await helper(kh, "sreypov");
  thida = await helper(kh, "thida");
  dara = await kh.as("dara");
}

/** Her page at her desk, acting to assist victims, with the desk open. */
async function atDesk(nation: Nation, officer: string): Promise<Page> {
  const page = await enter(browser, nation, officer, { language: "en" });
  const at = (method: string, path: string, data: object) =>
    page.request.fetch(`${nation.web.address}/api/${path}`, {
      ...{ method, data, headers: { origin: nation.web.address, "x-simpul": "page" } },
    });
  await at("PATCH", "access/session", { purpose: "victim-assistance" });
  await at("POST", "victims/desk/open", { passphrase: exercisePassphrase });
  return page;
}
const searches = (desk: Helper) => desk.person.must<SearchesView>("GET", "/api/reviews/searches");

test("Indonesia presumes a missing worker a victim; Cambodia arrested him, and asks for a review before it charges", async () => {
  known = await (
    await maya.desk()
  ).act(async (tx) => {
    const person = await tx.create({
      names: [{ text: "Muhammad Rizki Pratama LATIHAN", use: "own" }],
      born: { written: "2 April 2003", read: "2003-04-02", calendar: "common" },
      nationalities: ["ID"],
      languages: ["id"],
    });
    await tx.append(person, statusKind, {
      ...{ state: "id", authority: "Meja Korban (LATIHAN)", status: "presumed", basis: "UU 21/2007" },
      ...{ reason: "LATIHAN: keluarga menelepon", appeal: "" },
    });
    return person;
  });
  const { number } = await dara.must<{ number: string }>("POST", "/api/cases", {
    ...{ title: "EXERCISE: online fraud from the Park", crimeType: "online-fraud" },
  });
  const ask = async (text: string, birth: string): Promise<Id> => {
    const fields = { kind: "person", role: "suspect", names: [{ text, language: "id" }], birth };
    const { id: subject } = await dara.must<{ id: Id }>("POST", `/api/cases/${number}/records/subject`, {
      fields,
    });
    const of = { case: number, subject };
    const reason = "EXERCISE: online fraud";
    return (await dara.must<{ id: Id }>("POST", "/api/reviews", { kind: "charge", of, reason })).id;
  };
  review = await ask("Mohamad Rizky Pratama LATIHAN", "2003-04-02");
  other = await ask("Budi Hartono LATIHAN", "1988-01-01");
  const page = await enter(browser, kh, "dara", { language: "en" });
  await page.goto(`${kh.web.address}/reviews/${review}`);
  await page.getByText("legal review pending").first().waitFor();
  await look(page, "way-home-review");
  await page.context().close();
});

test("the two victim desks find that he is one person, and nobody else learns that they asked", async () => {
  const { id: search } = await sreypov.person.must<{ id: Id }>("POST", "/api/reviews/searches", {
    ...{ peer: "id", about: { kind: "review" }, reason: "EXERCISE: two under review" },
  });
  await thida.person.must("POST", `/api/reviews/searches/${search}/agree`);
  await until(async () => {
    await maya.person.must("POST", "/api/reviews/searches/look");
    return (await searches(maya)).theirs[0] ?? null;
  }, "the question never came");
  const page = await atDesk(id, "maya");
  await page.goto(`${id.web.address}/reviews/searches`);
  await page.getByRole("heading", { name: /Muhammad Rizki Pratama/ }).waitFor();
  await page.getByLabel("No, nothing points to it").check();
  await page.getByLabel("Reasons").fill("LATIHAN: unit dikenal, aman baginya");
  await look(page, "way-home-sought");
  await page.getByRole("button", { name: "Tell that desk" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Tell that desk" }).click();
  await page.getByText("to be told").first().waitFor();
  await page.context().close();

  id.clock.offMs = kh.clock.offMs = 25 * hour;
  const room = searchNode(id.node, reviewsNode(id.node, casesNode(id.node), maya.compartment));
  await open();
  told = await until(async () => {
    await sendReplies(room);
    await sreypov.person.must("POST", "/api/reviews/searches/look");
    return (await searches(sreypov)).ours[0]?.known?.[0]?.person ?? null;
  }, "no answer came");
});

test("an officer screens him at the police station on a phone without a line; what he said leaves it sealed", async () => {
  const page = await enter(browser, kh, "sreymom", { language: "en", width: 390 });
  await page.request.patch(`${kh.web.address}/api/access/session`, {
    data: { purpose: "victim-identification" },
    headers: { origin: kh.web.address, "x-simpul": "page" },
  });
  await page.goto(`${kh.web.address}/field`);
  await page.locator(".fp-language select").selectOption("en");
  await page.getByLabel("Name of this phone").fill("Border team (EXERCISE)");
  await page.getByLabel("New PIN").fill("748261");
  await page.getByLabel("The PIN once more").fill("748261");
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("button", { name: "Screen a person" }).waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await page.waitForFunction("caches.keys().then((all) => all.length > 0)");
  await settled(page);

  await page.context().setOffline(true);
  await page.reload();
  await page.getByLabel("PIN", { exact: true }).fill("748261");
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("button", { name: "Screen a person" }).click();
  await page.getByRole("button", { name: "No wristband" }).click();
  await page.getByRole("button", { name: "Indonesia" }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  await page.locator(".sc-acts button").first().click();
  const title = page.locator("#sc-title");
  const yes = ["18 tahun", "mengambil paspor", "mendapatkan uang mereka", "uang sebelum Anda boleh pergi"];
  for (let n = 0; n < 60 && (await page.locator(".sc-section").count()) === 0; n++) {
    const asked = await title.innerText();
    await page.keyboard.press(yes.some((part) => asked.includes(part)) ? "1" : "ArrowRight");
  }
  await look(page, "way-home-phone");
  await page.getByRole("button", { name: "Selesai" }).click();
  await page.locator(".sc-acts button").first().click();
  await page.getByText("Finished and sealed").waitFor();
  await page.getByText(/not sent yet/).waitFor();
  await look(page, "way-home-sealed");
  await page.context().setOffline(false);
  await page.getByText("Everything is sent").waitFor();
  await page.context().close();
});

test("the Cambodian desk reads it, makes one of the two records, presumes, and shelter does not wait for anything", async () => {
  screened = await until(async () => {
    const people = [...(await sreypov.desk()).people()];
    return people.find(({ entries }) => entries.some(({ kind }) => kind === "screening.told"))?.id ?? null;
  }, "the screening never came");
  const page = await atDesk(kh, "sreypov");
  await page.goto(`${kh.web.address}/screening/people/${screened}`);
  await page.getByRole("heading", { name: "Presumed a victim" }).waitFor();
  await page.getByLabel("Presume a victim: protection starts").check();
  await page.getByRole("button", { name: "Decide on the status" }).click();
  await page.getByText(/Presumed a victim · /).waitFor();
  await sreypov.person.must("POST", `/api/victims/people/${told}/merge`, {
    ...{ other: screened, reason: "EXERCISE: he says his name, the Indonesian desk told of him" },
  });
  await page.goto(`${kh.web.address}/victims/${told}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look(page, "way-home-person");
  const { statuses } = (await sreypov.desk()).person(told)!;
  expect(statuses.map((one) => one.status)).toContain("presumed");
  await page.context().close();
});

test("scenario 6: the prosecutor alone reads it, and stops; the investigator reads the same of him as of anybody", async () => {
  const chantha = await kh.as("chantha");
  await chantha.must("POST", "/api/reviews/key", { passphrase: exercisePassphrase });
  const { letters } = await chantha.must<KeyView>("GET", "/api/reviews/key");
  const compare = () => sreypov.person.must<CompareView>("GET", "/api/reviews/compare");
  const { readers, candidates } = await compare();
  await sreypov.person.must("POST", `/api/reviews/readers/${readers[0]!.key}`, { letters });
  const him = candidates.find((one) => one.review === review)!;
  for (const desk of [sreypov, thida])
    await desk.person.must("POST", "/api/reviews/compare/words", {
      ...{ review, person: him.person, says: "same", reason: "EXERCISE: name and day of birth" },
    });
  id.clock.offMs = kh.clock.offMs = 49 * hour;
  await open();
  const page = await enter(browser, kh, "chantha", { language: "en" });
  await page.goto(`${kh.web.address}/reviews/results`);
  await page.getByLabel("Passphrase").fill(exercisePassphrase);
  await page.getByRole("button", { name: "Open my key" }).click();
  await page.getByText("The law of this state warns.").waitFor();
  await look(page, "way-home-result");
  await page.context().close();

  const again = await kh.as("chantha");
  await again.must("POST", "/api/reviews/key/open", { passphrase: exercisePassphrase });
  await again.must("POST", `/api/reviews/results/${review}`, {
    ...{ ruling: "stop", reason: "EXERCISE: presumed victim, non-punishment" },
  });
  await again.must("POST", `/api/reviews/results/${other}`, { ruling: "pass", reason: "" });
  const statement = async (of: Id) =>
    (await again.ask("POST", `/api/reviews/${of}/statement`, { kind: "charge" })).status;
  expect(await statement(other)).toBeLessThan(300);
  expect(await statement(review)).toBe(409);
  const [one, two] = await Promise.all(
    [review, other].map((of) => dara.must<ReviewView>("GET", `/api/reviews/${of}`)),
  );
  expect([one!.state, one!.may]).toEqual([two!.state, two!.may]);
});

test("he chooses to go home, the risks are weighed, and his file goes to Indonesia on his word alone", async () => {
  const say = (what: string, data: object) =>
    sreypov.person.must("POST", `/api/returns/people/${told}`, { what, data });
  await say("risk", {
    answers: [{ risk: "trafficker-at-home", is: "no", why: "EXERCISE" }],
    ...{ conclusion: "may-return", reason: "EXERCISE: lives with his sister" },
  });
  await say("choice", {
    ...{
      wants: "return",
      words: "LATIHAN: saya mau pulang",
      language: "id",
      interpreter: "",
      guardian: null,
    },
  });
  await say("step", { step: "document", state: "done", on: "2026-12-01", who: "", text: "" });
  await say("step", { step: "departure", state: "planned", on: "2026-12-03", who: "", text: "" });
  const page = await atDesk(kh, "sreypov");
  await page.goto(`${kh.web.address}/returns/people/${told}`);
  await page.getByText("to go home").first().waitFor();
  await look(page, "way-home-plan");
  await page.context().close();

  const share = async () => handOver(sreypov, told, "id");
  await expect(share()).rejects.toThrow("NO_CONSENT");
  await says(
    sreypov,
    told,
    word({
      ...{ recipient: { kind: "state", state: "id" as never }, recipientName: "Indonesia" },
      ...{ purpose: "care-elsewhere", data: ["file"] },
    }),
  );
  const sent = await share();
  const there = await atDesk(id, "maya");
  await until(async () => {
    const got = await maya.person.ask("GET", `/api/referrals/shares/${sent}`);
    return got.status === 200 ? got : null;
  }, "the offer never came");
  await there.goto(`${id.web.address}/referrals/${sent}`);
  await there.getByRole("button", { name: "Take her over" }).waitFor();
  await look(there, "way-home-offer");
  await there.getByRole("button", { name: "Take her over" }).click();
  await stands(maya, sent, "accepted");
  await there.context().close();
});

test("home: Indonesia has his whole story beside its own, sees that he arrived, and asks again how he is", async () => {
  const brought = [...(await maya.desk()).people()].find(({ id: one }) => one !== known)!;
  const { conversations } = await maya.person.must<ScreeningsView>(
    "GET",
    `/api/screening/people/${brought.id}`,
  );
  // What he told in Cambodia is not asked again.
  expect(conversations).toMatchObject([{ by: { node: "kh", door: "peer" }, ended: "finished" }]);
  await maya.person.must("POST", `/api/victims/people/${known}/merge`, {
    ...{ other: brought.id, reason: "LATIHAN: orang yang sama" },
  });
  const { statuses } = (await maya.desk()).person(known)!;
  // Decisions of two states stand side by side.
  expect(new Set(statuses.map((one) => one.state))).toEqual(new Set(["id", "kh"]));
  await maya.person.must("POST", `/api/returns/people/${known}`, {
    ...{ what: "step", data: { step: "arrival", state: "done", on: "2026-12-03", who: "", text: "LATIHAN" } },
  });
  const { plan } = await maya.person.must<{ plan: Plan }>("GET", `/api/returns/people/${known}`);
  expect(plan.steps.filter((one) => one.step === "follow-up").length).toBeGreaterThan(0);
  // What he chose there stands here too.
  expect(plan.choice).toMatchObject({ wants: "return", words: "LATIHAN: saya mau pulang" });
  const page = await atDesk(id, "maya");
  await page.goto(`${id.web.address}/returns/people/${known}`);
  await page.getByText("Ask how she is").first().waitFor();
  await look(page, "way-home-arrived");
  await page.goto(`${id.web.address}/victims/${known}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look(page, "way-home-home");
});
