// A recipient suspected of leaking: what is sent from now on is kept from her, at the other node too, until two lift it.
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { SessionView } from "../access/contract.ts";
import type { CaseHead } from "../cases/contract.ts";
import type { InboxView } from "../inbox/contract.ts";
import { arrival, ask, caseNamed, draft, prove, stands, until, view } from "../requests/testing.ts";
import type { ExclusionsView, Recipients } from "./contract.ts";
import { exclude, exclusionOf, inDays, lift } from "../../testing/excluding.ts";

let id: Nation, kh: Nation;
let rina: Person,
  agus: Person,
  putri: Person,
  sophea: Person,
  rithy: Person,
  sreymom: Person,
  samnang: Person;
let ours: CaseHead;
let desk: { id: string };

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus, putri] = [await id.as("rina"), await id.as("agus"), await id.as("putri")];
  [sophea, rithy, sreymom] = [await kh.as("sophea"), await kh.as("rithy"), await kh.as("sreymom")];
  samnang = await kh.as("samnang");
  ours = await caseNamed(rina, "pembayar tiket");
  ({ desk } = (await sreymom.must<SessionView>("GET", "/api/access/session")).officer);
}, 120_000);

const order = (more: object) => exclusionOf({ peer: "kh", kind: "desk", who: desk.id, ...more });
const list = async (who: Person) => (await who.must<ExclusionsView>("GET", "/api/exclusions")).exclusions;
const code = (answer: { status: number; body: unknown }) =>
  (answer.body as { error?: { code: string } } | null)?.error?.code;
const entries = async (who: Person) => (await who.must<InboxView>("GET", "/api/inbox")).entries;

let came: string;
let exclusion: string;

test("who neither speaks for the state nor oversees it does not know the room", async () => {
  for (const [method, path, body] of [
    ["GET", "/api/exclusions", undefined],
    ["GET", "/api/exclusions/recipients/kh", undefined],
    ["POST", "/api/exclusions", order({})],
  ] as const)
    expect((await rina.ask(method, path, body)).status, path).toBe(404);
});

test("the other state says which authorities and desks it has, and no officer", async () => {
  const { agencies } = await agus.must<Recipients>("GET", "/api/exclusions/recipients/kh");
  expect(agencies.flatMap((one) => one.desks.map((each) => each.desk))).toContain(desk.id);
  expect(JSON.stringify(agencies)).not.toMatch(/Sophea|សុភា/);
});

test("one proposes and another agrees; a day within half a year and a reason stand there", async () => {
  expect(code(await agus.ask("POST", "/api/exclusions", order({ review: "2099-01-01" })))).toBe(
    "REVIEW_OUT_OF_RANGE",
  );
  expect((await agus.ask("POST", "/api/exclusions", order({ reason: "" }))).status).toBe(422);
  const made = await agus.must<{ id: string }>("POST", "/api/exclusions", order({}));
  exclusion = made.id;
  expect(code(await putri.ask("POST", "/api/exclusions", order({})))).toBe("EXCLUDED_ALREADY");
  await prove(agus, "exclusion.agree", exclusion);
  expect((await agus.ask("POST", `/api/exclusions/${exclusion}/agree`)).status).toBe(403);
  expect(code(await putri.ask("POST", `/api/exclusions/${exclusion}/agree`))).toBe("STEP_UP");
  expect((await entries(putri)).find((one) => one.id === exclusion)).toMatchObject({
    kind: "exclusion-agree",
  });
  await prove(putri, "exclusion.agree", exclusion);
  await putri.must("POST", `/api/exclusions/${exclusion}/agree`);
  expect(await list(agus)).toMatchObject([
    { state: "active", side: "there", peer: "kh", may: ["review", "ask-lift"] },
  ]);
});

test("what is sent then exists for everybody there but the excluded, who meet neither it nor a count of it", async () => {
  const before = await sreymom.must<{ requests: unknown[] }>("GET", "/api/requests?box=incoming");
  await ask(rina, agus, draft(ours.number, ["kh"]));
  came = await arrival(sophea);
  expect(await view(sophea, came)).toMatchObject({ from: "id" });
  // Even where it is given to their desk by mistake.
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: desk.id, note: "" });
  expect((await sreymom.ask("GET", `/api/requests/${came}`)).status).toBe(404);
  expect(await sreymom.must("GET", "/api/requests?box=incoming")).toEqual(before);
  expect(JSON.stringify(await entries(sreymom))).not.toContain(came);
  expect((await sreymom.ask("GET", `/api/why/${came}`)).status).toBe(404);
  const told = await list(rithy);
  expect(told).toMatchObject([{ side: "told", peer: "id", kind: "desk", reason: null, letters: 1, may: [] }]);
  expect(JSON.stringify(told)).not.toContain("compound");
  expect((await entries(rithy)).map((one) => one.kind)).toContain("exclusion-told");
});

test("both sides logged it, and the sender holds the other node's receipts for it", async () => {
  const noted = async (who: Person, kind: string): Promise<number> =>
    (await who.must<{ entries: unknown[] }>("GET", `/api/oversight/log?kind=${kind}`)).entries.length;
  await until(
    () => list(agus),
    ([one]) => one!.letters > 0,
  );
  const hendra = await id.as("hendra");
  for (const kind of ["exclusion.ordered", "exclusion.agreed", "exclusion.stated"])
    expect(await noted(hendra, kind), kind).toBeGreaterThan(0);
  for (const kind of ["exclusion.arrived", "exclusion.kept"])
    expect(await noted(samnang, kind), kind).toBe(1);
});

test("two lift it: the excluded see what was kept from them", async () => {
  await agus.must("POST", `/api/exclusions/${exclusion}/review`, {
    review: inDays(30),
    text: "EXERCISE: still looked into",
  });
  await lift(agus, putri, exclusion);
  await until(
    () => sreymom.ask("GET", `/api/requests/${came}`),
    ({ status }) => status === 200,
  );
  expect(await list(rithy)).toMatchObject([{ state: "lifted" }]);
});

test("a node that cannot keep it from them refuses it: one nobody there is, and all who could take it in", async () => {
  for (const more of [
    { kind: "officer", who: "NOBODY-17" },
    { kind: "agency", who: await liaisonOf(sophea) },
  ]) {
    const which = await exclude(agus, putri, { peer: "kh", ...more });
    const asked = await ask(rina, agus, draft(ours.number, ["kh"]));
    expect(JSON.stringify(await stands(rina, asked, "undelivered"))).toContain("CANNOT_EXCLUDE");
    await lift(agus, putri, which);
  }
});
const liaisonOf = async (who: Person): Promise<string> =>
  (await who.must<SessionView>("GET", "/api/access/session")).officer.agency.id;

test("the receiving state's own word keeps one of its officers from another state's letters", async () => {
  const number = await numberOf(sophea);
  const made = await rithy.must<{ id: string }>(
    "POST",
    "/api/exclusions",
    order({ side: "here", peer: "id", kind: "officer", who: number }),
  );
  // Who is meant hears nothing of it.
  expect(await list(sophea)).not.toContainEqual(expect.objectContaining({ id: made.id }));
  await prove(samnang, "exclusion.agree", made.id);
  await samnang.must("POST", `/api/exclusions/${made.id}/agree`);
  await ask(rina, agus, draft(ours.number, ["kh"]));
  const known = (await sophea.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming"))
    .requests;
  const fresh = await arrival(
    rithy,
    known.map((one) => one.id),
  );
  expect((await sophea.ask("GET", `/api/requests/${fresh}`)).status).toBe(404);
  const whole = await rithy.must<{ officers: number }>("GET", `/api/why/${fresh}`);
  const before = await rithy.must<{ officers: number }>("GET", `/api/why/${came}`);
  expect(whole.officers).toBeLessThan(before.officers);
});
const numberOf = async (who: Person): Promise<string> => {
  const { officer } = await who.must<SessionView>("GET", "/api/access/session");
  return officer.number;
};
