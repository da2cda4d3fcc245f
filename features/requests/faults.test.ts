// What must not happen between states: bad bodies believed, clocks cheated, a request delivered twice, terms outlived.
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import { Id, type Digest, type NodeCode } from "@simpul/model";
import { casesNode, checksNode, requestsNode } from "@simpul/server";
import { checksForOthers } from "../checks/others.ts";
import { newSigner, systemClock, systemRandom } from "@simpul/store/keys";
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, describe, expect, test } from "vitest";
import type { SessionView } from "../access/contract.ts";
import type { CaseHead } from "../cases/contract.ts";
import type { Grant, Preview, RequestHead, RequestView, SharedRecord } from "./contract.ts";
import { signGrant, versionOf } from "./grants.ts";
import type { RequestsNode } from "./node.ts";
import { requestsPart } from "./peer.ts";
import type { WireType } from "./shapes.ts";
import { answer, arrival, ask, caseNamed, draft, prove, stands, until, view } from "./testing.ts";

const newId = (): Id => Id.make({ clock: systemClock, random: systemRandom });
let id: Nation, kh: Nation;
let rina: Person, agus: Person, sophea: Person, sreymom: Person, sari: Person;
let ours: CaseHead;
let here: RequestsNode;

function roomOf({ node }: Nation): RequestsNode {
  const cases = casesNode(node);
  return requestsNode(node, cases, checksForOthers(checksNode(node, cases)));
}

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus, sari] = [await id.as("rina"), await id.as("agus"), await id.as("sari")];
  [sophea, sreymom] = [await kh.as("sophea"), await kh.as("sreymom")];
  ours = await caseNamed(rina, "pembayar tiket");
  here = roomOf(id);
}, 120_000);

const incoming = async (): Promise<string[]> =>
  (await sophea.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=incoming")).requests.map(
    (one) => one.id,
  );

/** Asked and arrived: its id at both ends. */
async function asked(more: Parameters<typeof draft>[2] = {}): Promise<{ there: string; came: string }> {
  const before = await incoming();
  const there = await ask(rina, agus, draft(ours.number, ["kh"], more));
  return { there, came: await arrival(sophea, before) };
}
const clockOf = async (who: Person, request: string) => (await view(who, request)).threads[0]!.clock!;

describe("the clock (RFI-3, RFI-4)", () => {
  test("urgent runs by hours, and asking back stops it until the reply, on both sides", async () => {
    const { there, came } = await asked({ urgent: true, urgencyReason: "danger-to-life" });
    const began = await clockOf(sophea, came);
    expect(began).toMatchObject({ urgent: true, limit: { amount: 8, unit: "hours" }, state: "running" });
    await sophea.must("POST", `/api/requests/${came}/clarify`, { text: "EXERCISE: which hotel?" });
    expect(await clockOf(sophea, came)).toMatchObject({ state: "stopped", due: null });
    const waits = await stands(rina, there, "clarification");
    expect(waits.threads[0]!.clock).toMatchObject({ state: "stopped", due: null });
    expect(waits.may).toContain("clarification");
    expect(waits.full[0]!.steps.find((one) => one.kind === "asked-back")).toMatchObject({
      text: "EXERCISE: which hotel?",
      side: "theirs",
    });
    // While it waits for us over there, nothing is answered.
    expect(await sophea.ask("PUT", `/api/requests/${came}/answer`, answer())).toMatchObject({
      body: { error: { code: "NOT_NOW", facts: { state: "clarification" } } },
    });
    const thread = waits.threads[0]!.id;
    await rina.must("POST", `/api/requests/${there}/clarification`, {
      thread,
      text: "EXERCISE: the one by the river",
    });
    const on = await until(
      () => clockOf(sophea, came),
      (clock) => clock.state === "running",
    );
    expect(Date.parse(on.due!)).toBeGreaterThanOrEqual(Date.parse(began.due!));
    await stands(rina, there, "in-work");
    await until(
      () => clockOf(rina, there),
      (clock) => clock.due === on.due,
    );
  });

  test("a judge suspends it only with a reason and a date that is to come", async () => {
    const { there, came } = await asked();
    const suspend = (body: object) => sophea.ask("POST", `/api/requests/${came}/suspend`, body);
    expect(await suspend({ reason: "EXERCISE" })).toMatchObject({ body: { error: { code: "DATE_NEEDED" } } });
    expect(await suspend({ reason: "EXERCISE", until: "2020-01-01" })).toMatchObject({
      body: { error: { code: "DATE_PASSED" } },
    });
    expect(await suspend({ reason: " ", until: "2099-01-01" })).toMatchObject({
      body: { error: { code: "REASON_NEEDED" } },
    });
    expect((await suspend({ reason: "EXERCISE: a judge decides", until: "2099-01-01" })).status).toBe(204);
    const told = await stands(rina, there, "judicial");
    expect(told.threads[0]!.clock).toMatchObject({ state: "suspended", until: "2099-01-01", due: null });
    await sophea.must("POST", `/api/requests/${came}/resume`);
    expect(await clockOf(sophea, came)).toMatchObject({ state: "running", until: null });
  });

  test("a refusal names its ground and keeps the limit; nothing can be added after", async () => {
    const { there, came } = await asked();
    const refuse = (ground: string) =>
      sophea.ask("POST", `/api/requests/${came}/refuse`, { ground, text: "" });
    expect(await refuse("because")).toMatchObject({ body: { error: { code: "NOT_A_LISTED_CODE" } } });
    expect((await refuse("endangers-case-or-person")).status).toBe(204);
    const told = await stands(rina, there, "refused");
    expect(told.threads[0]!.clock).toMatchObject({ state: "ended", over: false });
    expect(told.full[0]).toMatchObject({ code: "endangers-case-or-person" });
    expect(await refuse("not-held")).toMatchObject({ body: { error: { code: "NOT_NOW" } } });
    const thread = told.threads[0]!.id;
    await rina.must("POST", `/api/requests/${there}/close`, { thread, usefulness: "not-useful" });
    await stands(sophea, came, "closed");
  });
});

test("none held is an answer that says where was searched; what is refused in part names its ground", async () => {
  const { there, came } = await asked();
  const save = (more: Parameters<typeof answer>[0]) =>
    sophea.ask<{ id: string }>("PUT", `/api/requests/${came}/answer`, answer({ narrative: [], ...more }));
  expect((await save({ kind: "none-held" })).status).toBe(200);
  const submit = () => sophea.ask("POST", `/api/requests/${came}/answer/submit`);
  expect(await submit()).toMatchObject({ body: { error: { code: "SOURCES_NEEDED" } } });
  expect((await save({ kind: "full" })).status).toBe(200);
  expect(await submit()).toMatchObject({ body: { error: { code: "EMPTY_ANSWER" } } });
  const searched = [
    { source: "own-cases", by: sophea.id as Id, on: "2031-02-20" },
    { source: "own-cases", by: sophea.id as Id, on: "2031-02-20" },
  ];
  const saved = await save({
    kind: "none-held",
    searched,
    refused: [{ question: 0, ground: "not-held", text: "" }],
  });
  expect((await submit()).status).toBe(204);
  const rithy = await kh.as("rithy");
  await prove(rithy, "release", saved.body.id);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  const got = await stands(rina, there, "answered");
  expect(got.full[0]!.answers[0]).toMatchObject({
    kind: "none-held",
    searched: [{ source: "own-cases", on: "2031-02-20", count: 2 }],
  });
  // Who searched stays at home.
  expect(JSON.stringify(got)).not.toContain(sophea.id);
});

test("whoever neither sees the case nor works on it finds no request, in no list, by no count", async () => {
  const { there, came } = await asked();
  expect((await sari.ask("GET", `/api/requests/${there}`)).status).toBe(404);
  expect((await sari.ask("GET", `/api/requests/${there}/preview`)).status).toBe(404);
  expect((await sari.ask("POST", `/api/requests/${there}/approve`, { reason: "" })).status).toBe(404);
  const list = await sari.must<{ requests: unknown[]; counts: Record<string, number> }>(
    "GET",
    "/api/requests",
  );
  expect(list).toMatchObject({ requests: [], counts: { outgoing: 0, incoming: 0, approval: 0 } });
  expect((await sreymom.ask("GET", `/api/requests/${came}/activity`)).status).toBe(404);
  const tono = await id.as("tono");
  expect((await tono.ask("GET", `/api/requests/${there}`)).status).toBe(404);
});

test("the same subject within thirty days warns both sides by its reference (RFI-10)", async () => {
  const { records } = await rina.must<{ records: { selector: { id: string; role: string }[] } }>(
    "GET",
    `/api/cases/${ours.number}/records`,
  );
  const phone = records.selector.find((one) => one.role === "facilitator")!;
  const chosen = {
    id: phone.id as Id,
    handling: { codes: ["H1", "H2"] as ("H1" | "H2")[] },
    evaluation: { source: "B", information: "2" } as const,
    link: "EXERCISE",
  };
  const first = await asked({ records: [chosen] });
  const { id: second } = await rina.must<{ id: string }>(
    "POST",
    "/api/requests",
    draft(ours.number, ["kh"], { records: [chosen] }),
  );
  const reference = (await view(rina, first.there)).threads[0]!.reference;
  const preview = await rina.must<Preview>("GET", `/api/requests/${second}/preview`);
  expect(preview.repeats).toMatchObject([{ reference, peer: "kh" }]);
  await rina.must("POST", `/api/requests/${second}/submit`);
  await prove(agus, "request.approve", second);
  const before = await incoming();
  await agus.must("POST", `/api/requests/${second}/approve`, { reason: "" });
  const came = await arrival(sophea, before);
  expect((await view(sophea, came)).repeats.map((one) => one.reference)).toContain(reference);
});

describe("an envelope", () => {
  let thread: string;
  let envelope: (body: object, more?: Partial<Envelope>) => Envelope;
  beforeAll(async () => {
    const { there } = await asked();
    thread = (await view(rina, there)).threads[0]!.id;
    const { officer } = await sophea.must<SessionView>("GET", "/api/access/session");
    envelope = (body, more = {}) => ({
      v: 1,
      id: newId(),
      type: "answer.released",
      from: "kh" as NodeCode,
      to: "id" as NodeCode,
      agency: officer.agency.id,
      seq: 1,
      at: new Date().toISOString(),
      body: { agency: officer.agency.id, thread, answer: newId(), ...said, ...body },
      attachments: [],
      ...more,
    });
  });
  const clock = {
    state: "ended",
    started: "2031-02-20T00:00:00.000Z",
    due: null,
    limit: { amount: 5, unit: "working-days" },
    reach: "direct",
    urgent: false,
    left: null,
    until: null,
    over: false,
  };
  const said = { kind: "full", narrative: [], refused: [], searched: [], records: [], items: [], clock };

  /** Taken in as the exchange would, in the name of the state on whose line it came; gives the refusal. */
  async function refused(sent: Envelope): Promise<string> {
    const take = requestsPart(here).takes![sent.type as WireType]!;
    return id.node.store
      .write({ actor: { kind: "peer", node: sent.from }, purpose: "mutual-assistance" }, (tx) =>
        take(tx, sent),
      )
      .then(
        () => "taken",
        (fault: unknown) => (fault instanceof EnvelopeRefused ? fault.code : Promise.reject(fault as Error)),
      );
  }
  const record = (more: Partial<SharedRecord> = {}): SharedRecord => {
    const bare = {
      id: newId(),
      kind: "place" as const,
      fields: {
        names: [{ text: "EXERCISE", language: "en" }],
        kind: "compound",
        country: "KH",
        province: "",
        position: null,
      },
    };
    return {
      ...bare,
      originator: "kh" as NodeCode,
      version: versionOf(bare),
      handling: { codes: ["H1", "H2"] },
      evaluation: { source: "B", information: "2" },
      link: "",
      grants: [],
      ...more,
    };
  };
  const granted = async (
    signer: ReturnType<typeof newSigner>,
    of: SharedRecord,
    more: Partial<Grant> = {},
  ): Promise<Grant> =>
    signGrant(
      { signer },
      {
        id: newId(),
        originator: of.originator,
        holder: "kh" as NodeCode,
        record: of.id,
        version: of.version,
        action: "onward",
        recipients: ["id" as NodeCode],
        court: null,
        thread: null,
        conditions: "",
        notAfter: null,
        at: "2031-02-20T00:00:00.000Z",
        ...more,
      },
    );

  test.each([
    ["with a field too many", { extra: 1 }],
    ["with a handling set that is none", { records: [{ ...record(), handling: { codes: ["H0", "H2"] } }] }],
    [
      "with H3 and no words",
      {
        narrative: [
          {
            text: "x",
            language: "en",
            handling: { codes: ["H3"] },
            evaluation: { source: "B", information: "2" },
          },
        ],
      },
    ],
    ["with an unknown grade", { records: [{ ...record(), evaluation: { source: "Z", information: "2" } }] }],
    ["with a version that is not its own", { records: [record({ version: "0".repeat(64) as Digest })] }],
    [
      "with a record twice",
      { records: [record(), record()].map((one, _, [first]) => ({ ...one, ...first })) },
    ],
    ["with our own record as theirs", { records: [record({ originator: "id" as NodeCode })] }],
    ["with more than it may hold", { records: Array.from({ length: 301 }, () => record()) }],
    [
      "with a control character",
      {
        narrative: [
          {
            text: "a\u0000b",
            language: "en",
            handling: { codes: ["H2"] },
            evaluation: { source: "B", information: "2" },
          },
        ],
      },
    ],
    ["with a clock that is none", { clock: { ...clock, limit: { amount: 0, unit: "days" } } }],
  ])("%s is refused whole", async (_, body) => {
    expect(await refused(envelope(body))).toBe("BAD_BODY");
  });

  test("with an item whose file does not come along is refused", async () => {
    const { kind: _kind, fields: _fields, version: _version, ...kept } = record();
    const item = {
      ...kept,
      fileName: "a.txt",
      mediaType: "text/plain",
      size: 3,
      digest: "0".repeat(64),
      proof: { statements: ["{}", "{}"], disclosures: [], device: "{}" },
    };
    expect(await refused(envelope({ items: [item] }))).toBe("BAD_BODY");
  });

  test("about a thread that is unknown, or another state's, is answered alike", async () => {
    expect(await refused(envelope({ thread: newId() }))).toBe("UNKNOWN_RECORD");
    expect(await refused(envelope({}, { from: "ph" as NodeCode }))).toBe("UNKNOWN_RECORD");
  });

  test("with a permission that its originator did not sign is refused", async () => {
    const place = record();
    const theirs = kh.node.keys.signer;
    const forged = await granted(newSigner(), place);
    expect(await refused(envelope({ records: [{ ...place, grants: [forged] }] }))).toBe("BAD_BODY");
    const altered = { ...(await granted(theirs, place)), notAfter: "2099-01-01T00:00:00.000Z" };
    expect(await refused(envelope({ records: [{ ...place, grants: [altered] }] }))).toBe("BAD_BODY");
    const another = await granted(theirs, record());
    expect(await refused(envelope({ records: [{ ...place, grants: [another] }] }))).toBe("BAD_BODY");
  });

  test("that passes on a third state's record under H2 without that state's permission is not taken", async () => {
    const third = record({ originator: "ph" as NodeCode });
    expect(await refused(envelope({ records: [third] }))).toBe("NOT_ALLOWED");
    // We know no key of theirs here: a permission that nobody can check is none.
    const unknown = await granted(newSigner(), third);
    expect(await refused(envelope({ records: [{ ...third, grants: [unknown] }] }))).toBe("BAD_BODY");
  });

  test("that decides a permission nobody asked for, or asks about what was never given, is refused", async () => {
    const agency = envelope({}).agency;
    const decided = {
      agency,
      permission: newId(),
      state: "granted",
      decisions: [],
      grants: [],
      conditions: "",
      notAfter: null,
      reason: "",
    };
    expect(await refused(envelope({}, { type: "permission.decided", body: decided }))).toBe("UNKNOWN_RECORD");
    const asking = {
      agency,
      permission: newId(),
      thread,
      reference: "KH-ID-P2031-000001",
      records: [{ record: newId(), version: "0".repeat(64) }],
      action: "court",
      recipients: [],
      court: "EXERCISE",
      legalBasis: "untoc-27",
      purpose: "prosecution",
      reason: "EXERCISE",
      neededBy: null,
      due: "2031-02-20T00:00:00.000Z",
    };
    expect(await refused(envelope({}, { type: "permission.asked", body: asking }))).toBe("UNKNOWN_RECORD");
  });

  test("that is whole is taken once; the same answer again finds nothing left to answer", async () => {
    expect(await refused(envelope({ records: [record()] }))).toBe("taken");
    expect(await refused(envelope({ records: [record()] }))).toBe("NOT_ALLOWED");
  });
});

test("a receipt that is told twice, because the node died before it was written down, changes nothing more", async () => {
  const { there } = await asked();
  const thread = (await stands(rina, there, "delivered")).threads[0]!;
  const { receipted } = requestsPart(here);
  const out = {
    id: newId(),
    first: newId(),
    to: "kh" as NodeCode,
    kind: "request.sent",
    attachments: [],
    excluded: [],
  };
  const telling = (outcome: "accepted" | "refused") =>
    receipted!["request.sent"]!({ ...out, body: { thread: thread.id } }, {
      outcome,
      ...(outcome === "refused" && { code: "NOT_OPENED" }),
    } as never);
  await telling("accepted");
  await telling("accepted");
  expect((await view(rina, there)).threads[0]).toMatchObject({ id: thread.id, state: "delivered" });
  await telling("refused");
  await telling("refused");
  const { full } = await stands(rina, there, "undelivered");
  expect(full[0]!.steps.filter((one) => one.kind === "undelivered")).toHaveLength(1);
});

test("a state that is away gets its request once when it is back, and not what was withdrawn or frozen meanwhile", async () => {
  const before = await incoming();
  await kh.node.peering.close();
  const kept = await ask(rina, agus, draft(ours.number, ["kh"], { subject: "EXERCISE: kept" }));
  const taken = await ask(rina, agus, draft(ours.number, ["kh"], { subject: "EXERCISE: taken back" }));
  const frozen = await ask(rina, agus, draft(ours.number, ["kh"], { subject: "EXERCISE: frozen" }));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await view(rina, kept)).threads[0]!.state).toBe("queued");
  const hendra = await id.as("hendra");
  await hendra.must("POST", "/api/freezes", { what: "request", ref: frozen, reason: "EXERCISE: who asked?" });
  await rina.must("POST", `/api/requests/${taken}/withdraw`, { reason: "EXERCISE: asked elsewhere" });
  await kh.node.peering.open([requestsPart(roomOf(kh))]);
  await id.node.peering.introduce(kh.node.peering.card());
  id.node.peering.wake();
  await until(
    () => view(rina, kept),
    (seen: RequestView) => seen.threads[0]!.state === "delivered",
    70,
  );
  const after = (
    await sophea.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=incoming")
  ).requests.filter((one) => !before.includes(one.id));
  expect(after.map((one) => one.subject)).toEqual(["EXERCISE: kept"]);
  expect((await view(rina, taken)).threads[0]!.state).toBe("withdrawn");
  // AUD-2: approved, and still it stays.
  await stands(rina, frozen, "undelivered");
}, 120_000);
