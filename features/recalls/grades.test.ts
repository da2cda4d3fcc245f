// Indonesia holds contrary information about what Cambodia gave: it proposes another grade, both are shown, Cambodia answers (EV-4).
import { nations, type Nation } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { RequestView } from "../requests/contract.ts";
import { chosen, prove, recordsOf, until, view } from "../requests/testing.ts";
import { answers, arrived, asks, heldBy, type People, type Thread } from "../../testing/calling-back.ts";
import type { GradeProposal } from "./contract.ts";

let id: Nation, kh: Nation;
let people: Omit<People, "grace">;
let thread: Thread;
let phone: string, van: string;

type Who = People["rina"];
const grades = async (who: Who, query = ""): Promise<GradeProposal[]> =>
  (await who.must<{ proposals: GradeProposal[] }>("GET", `/api/recalls/grades${query}`)).proposals;
const refused = async (who: Who, path: string, body: object): Promise<string> =>
  (await who.ask<{ error: { code: string } }>("POST", `/api/recalls/${path}`, body)).body.error.code;
const kinds = async (who: Who) =>
  (await who.must<{ entries: { kind: string }[] }>("GET", "/api/inbox")).entries.map((one) => one.kind);
const graded = (source: string, information: string) => ({ source, information });
const propose = (record: string, more: object = {}) => ({
  request: thread.asked,
  record,
  evaluation: graded("C", "4"),
  reason: "EXERCISE: the guest book was written in one go",
  ...more,
});

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  people = {
    rina: await id.as("rina"),
    agus: await id.as("agus"),
    sophea: await kh.as("sophea"),
    sreymom: await kh.as("sreymom"),
    rithy: await kh.as("rithy"),
  };
  thread = await asks(people as People);
  const { selector } = await recordsOf(people.sreymom, thread.theirs.number);
  phone = selector!.find((one) => one.type === "phone")!.id;
  van = selector!.find((one) => one.type === "vehicle")!.id;
  await answers(people as People, thread, { records: [chosen(phone), chosen(van)] });
  await arrived(people.rina, thread.asked);
}, 120_000);

test("what is no proposal is refused by name, and somebody who does not see it learns nothing", async () => {
  const { rina } = people;
  expect(await refused(rina, "grades", propose(phone, { evaluation: graded("B", "2") }))).toBe("SAME_GRADE");
  expect(await refused(rina, "grades", propose(phone, { reason: " " }))).toBe("REASON_NEEDED");
  expect(await refused(rina, "grades", propose(thread.asked))).toBe("NOT_GIVEN");
  expect(await refused(rina, "grades", propose(phone, { evaluation: graded("D", "5") }))).toBe("BAD_INPUT");
  const sari = await id.as("sari");
  expect(await refused(sari, "grades", propose(phone))).toBe("NOT_FOUND");
  expect(await grades(sari)).toEqual([]);
});

test("both grades are shown until the originator answers; accepted, it is let go by a second person and reaches the holder", async () => {
  const { rina, sophea, sreymom } = people;
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/recalls/grades", propose(phone));
  expect(await refused(rina, "grades", propose(phone))).toBe("WAITS_ALREADY");
  const [there] = await until(
    () => grades(sreymom, "?state=open"),
    (list) => list.length === 1,
  );
  expect(there).toMatchObject({
    id: made,
    ours: false,
    peer: "id",
    given: graded("B", "2"),
    evaluation: graded("C", "4"),
    may: ["answer"],
  });
  expect(there!.title).toContain("62854");
  expect(await kinds(sreymom)).toContain("grade");
  expect((await grades(rina))[0]).toMatchObject({ ours: true, state: "open", given: graded("B", "2") });
  // Nothing has changed yet.
  expect((await heldBy(rina, thread.asked)).records.find((one) => one.id === phone)!.evaluation).toEqual(
    graded("B", "2"),
  );

  const { recall } = await sreymom.must<{ recall: string }>("POST", `/api/recalls/grades/${made}/answer`, {
    accept: true,
    text: "",
  });
  expect((await grades(rina))[0]!.state).toBe("open");
  expect((await grades(sreymom))[0]!.state).toBe("accepting");
  // Given up, it is open again; written anew, another person lets it go.
  await sreymom.must("POST", `/api/recalls/${recall}/drop`, {});
  expect((await grades(sreymom))[0]!.state).toBe("open");
  const again = await sreymom.must<{ recall: string }>("POST", `/api/recalls/grades/${made}/answer`, {
    accept: true,
    text: "",
  });
  await prove(sophea, "recall.approve", again.recall);
  await sophea.must("POST", `/api/recalls/${again.recall}/approve`, { reason: "EXERCISE" });
  await until(
    () => grades(rina),
    (list) => list[0]!.state === "accepted",
  );
  const held = await until(
    () => heldBy(rina, thread.asked),
    ({ records }) => records.find((one) => one.id === phone)?.evaluation.source === "C",
  );
  expect(held.records.find((one) => one.id === phone)!.evaluation).toEqual(graded("C", "4"));
  expect(await refused(sreymom, `grades/${made}/answer`, { accept: true, text: "" })).toBe("NOT_NOW");
});

test("a grade may also rise; declined it stays, with the reason; late, its clock says so to both supervisors", async () => {
  const { rina, sreymom, sophea } = people;
  const rise = propose(van, { evaluation: graded("A", "1"), reason: "EXERCISE: seen by our own officers" });
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/recalls/grades", rise);
  await until(
    () => grades(sreymom, "?state=open"),
    (list) => list.length === 1,
  );
  expect(await refused(sreymom, `grades/${made}/answer`, { accept: false, text: " " })).toBe("REASON_NEEDED");
  kh.clock.offMs = 8 * 86_400_000;
  const then = await kh.as("sophea");
  expect((await grades(then, "?state=open"))[0]!.overdue).toBe(true);
  expect(await kinds(then)).toContain("grade-late");
  kh.clock.offMs = 0;
  await sreymom.must("POST", `/api/recalls/grades/${made}/answer`, {
    accept: false,
    text: "EXERCISE: our plate reader failed",
  });
  const told = await until(
    () => grades(rina),
    (list) => list.some((one) => one.state === "declined"),
  );
  expect(told.find((one) => one.id === made)).toMatchObject({ answer: "EXERCISE: our plate reader failed" });
  expect(await kinds(rina)).toContain("grade-answered");

  const second = await rina.must<{ id: string }>("POST", "/api/recalls/grades", rise);
  await until(
    () => grades(sreymom, "?state=open"),
    (list) => list.length === 1,
  );
  const { recall } = await sreymom.must<{ recall: string }>(
    "POST",
    `/api/recalls/grades/${second.id}/answer`,
    { accept: true, text: "" },
  );
  await prove(sophea, "recall.approve", recall);
  await sophea.must("POST", `/api/recalls/${recall}/approve`, { reason: "EXERCISE" });
  await until(
    () => heldBy(rina, thread.asked),
    ({ records }) => records.find((one) => one.id === van)?.evaluation.source === "A",
  );
  // Nobody lowers or raises by hand what was not proposed so.
  expect(
    await refused(sreymom, `given/${thread.came}`, {
      kind: "regrade",
      records: [van],
      reasonCode: "source-doubted",
      reason: "EXERCISE",
      safety: false,
      evaluation: graded("A", "1"),
    }),
  ).toBe("NOT_LOWER");
});

test("a proposal about what was never given is refused over there, and says here that it was not taken", async () => {
  const seen: RequestView = await view(people.rina, thread.asked);
  const agency = seen.agency;
  await id.node.store.write(
    { actor: { kind: "job", name: "forged" }, purpose: "mutual-assistance" },
    async (tx) => {
      await tx.send({
        id: tx.newId(),
        to: "kh" as never,
        kind: "grade.proposed",
        body: {
          agency,
          proposal: tx.newId(),
          record: thread.asked,
          version: "5a".repeat(32),
          given: graded("B", "2"),
          evaluation: graded("C", "4"),
          text: "EXERCISE",
        },
      });
      tx.note("grade.considered", { peer: "kh" });
    },
  );
  id.node.peering.wake();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await grades(people.sophea)).map((one) => one.record)).not.toContain(thread.asked);
});
