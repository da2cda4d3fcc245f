// From the officer's hand to a sealed, read, decided item, on the real database; and what is refused on the way.
import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Id } from "@simpul/model";
import { toBase64 } from "@simpul/seal";
import type { Acting } from "@simpul/doors/http";
import { api, refuse } from "@simpul/doors/http";
import { newSigner } from "@simpul/store/keys";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { factsOf } from "../cases/node.ts";
import { testStore } from "../../testing/database.ts";
import type { AskDecide, FindingGroup, Intake, Item, Part, Story } from "./contract.ts";
import { EvidenceRoomError, evidenceRefusals } from "./contract.ts";
import { findingsForCases } from "./findings.ts";
import { evidenceJobs } from "./jobs.ts";
import { sweepIntakes } from "./intake/jobs.ts";
import { stagedFile } from "./intake/seal.ts";
import { jobStanding, tables, type EvidenceNode } from "./node.ts";
import { evidenceRoutes } from "./routes.ts";
import { announcementOf, as, evidenceRoom, newId, newKeys, officerWith } from "./testing.ts";

const sari = officerWith("investigator");
const bayu = officerWith("investigator");
const rina = officerWith("supervisor");
const keys = newKeys(sari);
const chat = Buffer.from(
  "03/02/31 19.02 - +62 854-0000-1702: Halo, telegram saya @melly_kerja_kh\n25/02/31 19.05 - Dimas: nomor saya 0812-3456-7890\n25/02/31 19.06 - Dimas: sekali lagi 0812 3456 7890\n",
);

let folder: string;
let node: EvidenceNode;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-evidence-"));
  const { store } = await testStore();
  node = await evidenceRoom(store, folder, keys, factsOf);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The room's door as an officer's browser meets it. */
function door(who = sari) {
  const app = api();
  app.onError(refuse(evidenceRefusals, () => undefined));
  const acting: Acting = {
    officer: who,
    purpose: "crime-investigation",
    session: newId(),
    device: keys.deviceId,
    language: "en",
  };
  app.onError(refuse(evidenceRefusals, () => undefined));
  app.use(async (c, next) => {
    c.set("acting", acting);
    c.set("officer", who);
    c.set("standing", { actor: who, purpose: "crime-investigation" });
    await next();
  });
  app.route("/api/evidence", evidenceRoutes(node));
  const ask = async (
    method: string,
    at: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    app.request(`http://localhost/api/evidence${at}`, {
      method,
      headers:
        body === undefined || body instanceof Uint8Array ? headers : { "content-type": "application/json" },
      ...(body !== undefined && {
        body: (body instanceof Uint8Array ? body : JSON.stringify(body)) as string,
      }),
    });
  const json = async <T>(method: string, at: string, body?: unknown): Promise<T> =>
    (await (await ask(method, at, body)).json()) as T;
  return { ask, json };
}
const tus = { "tus-resumable": "1.0.0" };
const code = async (answer: Response): Promise<string> =>
  `${answer.status} ${((await answer.json()) as { error: { code: string } }).error.code}`;

async function work(kinds = ["evidence.seal", "evidence.read", "evidence.detect"]): Promise<void> {
  const handlers = evidenceJobs(node) as Record<
    string,
    { run(job: { payload: unknown; signal: AbortSignal }): Promise<void> }
  >;
  for (const kind of kinds) {
    const waiting = await node.store.chore("test", async (keeper) =>
      keeper.rows
        .withTables<{ "simpul.jobs": { id: string; kind: string; state: string; payload: unknown } }>()
        .selectFrom("simpul.jobs")
        .selectAll()
        .where("kind", "=", kind)
        .where("state", "=", "waiting")
        .execute(),
    );
    for (const job of waiting) {
      await handlers[kind]!.run({ payload: job.payload, signal: new AbortController().signal });
      await node.store.chore("test", (keeper) =>
        keeper.rows
          .withTables<{ "simpul.jobs": { id: string; state: string } }>()
          .updateTable("simpul.jobs")
          .set({ state: "done" })
          .where("id", "=", job.id)
          .execute(),
      );
    }
  }
}

async function upload(id: Id, bytes: Uint8Array, at = 0): Promise<Response> {
  const { ask } = door();
  if (at === 0) {
    const made = await ask("POST", "/upload", undefined, {
      ...tus,
      "upload-length": String(bytes.length),
      "upload-metadata": `intake ${Buffer.from(id).toString("base64")}`,
    });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe(`/api/evidence/upload/${id}`);
  }
  return ask("PATCH", `/upload/${id}`, bytes.subarray(at), {
    ...tus,
    "upload-offset": String(at),
    "content-type": "application/offset+octet-stream",
  });
}

async function takeIn(name: string, bytes: Uint8Array): Promise<Id> {
  const { item, ...ask } = await announcementOf(keys, name, bytes);
  expect((await door().ask("POST", "/intakes", ask)).status).toBe(201);
  expect((await upload(item, bytes)).status).toBe(204);
  await work();
  return item;
}

describe("an item", () => {
  let item: Id;
  beforeAll(async () => {
    item = await takeIn("Chat WhatsApp.txt", chat);
  }, 60_000);

  test("is sealed, read and searched; its bytes are nowhere in the clear", async () => {
    const found = await door().json<Item>("GET", `/items/${item}`);
    expect(found).toMatchObject({
      fileName: "Chat WhatsApp.txt",
      size: chat.length,
      state: "sealed",
      reading: { state: "ready", kind: "whatsapp", parts: 3, detection: "done" },
    });
    expect(await readdir(node.staging)).toEqual([]);
    for await (const { digest } of node.blobs.list())
      expect(Buffer.from(await node.blobs.read(digest, 1e6)).includes("Halo")).toBe(false);
    const { parts } = await door().json<{ parts: Part[] }>("GET", `/items/${item}/reading/0`);
    expect(parts.map((part) => part.sender)).toEqual(["+62 854-0000-1702", "Dimas", "Dimas"]);
    const original = await door().ask("GET", `/items/${item}/original`);
    expect(Buffer.from(await original.arrayBuffer()).equals(chat)).toBe(true);
  });

  test("tells its story, checked: acquired, sealed, analysed, viewed once for one viewing, copied", async () => {
    const one = door();
    await one.json("GET", `/items/${item}/reading/0`);
    await one.json("GET", `/items/${item}/reading/0`);
    const story = await one.json<Story>("GET", `/items/${item}/story`);
    expect(story).toMatchObject({ intact: true, problems: [] });
    expect(story.lines.map((line) => line.event)).toEqual([
      "acquired",
      "sealed",
      "analysed",
      "analysed",
      "viewed",
      "copied",
      "viewed",
    ]);
    await node.store.write(jobStanding("test"), async (tx) => {
      tx.note("test.tampered", { id: item });
      await tables(tx)
        .updateTable("simpul.evidence_items")
        .set({ chain: 99 })
        .where("id", "=", item)
        .execute();
    });
    expect((await one.json<Story>("GET", `/items/${item}/story`)).intact).toBe(false);
    await node.store.write(jobStanding("test"), async (tx) => {
      tx.note("test.mended", { id: item });
      await tables(tx)
        .updateTable("simpul.evidence_items")
        .set({ chain: 7 })
        .where("id", "=", item)
        .execute();
    });
  });

  test("that is in no case is seen by its taker and her supervisor; for others it is not there", async () => {
    expect((await door(rina).ask("GET", `/items/${item}`)).status).toBe(200);
    for (const at of [
      `/items/${item}`,
      `/items/${item}/reading/0`,
      `/items/${item}/findings`,
      `/items/${item}/story`,
      `/items/${item}/original`,
      `/items/${newId()}`,
    ])
      expect(await code(await door(bayu).ask("GET", at))).toBe("404 NOT_FOUND");
    const nothing = { items: [], next: null, names: { officers: {}, desks: {} } };
    expect(await door(bayu).json("GET", "/items")).toEqual(nothing);
    const hers = (await door().json<{ items: Item[] }>("GET", "/items?scope=mine&stage=ready&open=true"))
      .items;
    expect(hers.every((one) => one.takenInBy === sari.id && one.findings.open > 0)).toBe(true);
    expect(await door().json("GET", "/items?case=ID-2031-999999")).toEqual(nothing);
  });

  test("has findings that become nothing by themselves; an officer says whose each is, and can take it back", async () => {
    const { ask, json } = door();
    const groups = async (): Promise<FindingGroup[]> =>
      (await json<{ findings: FindingGroup[] }>("GET", `/items/${item}/findings`)).findings;
    const his = (await groups()).find((one) => one.canonical === "+6281234567890")!;
    expect(his).toMatchObject({ type: "phone", times: 2, states: ["candidate"], valid: true });
    const cases = findingsForCases(node);
    const confirmed = () => node.store.write(as(sari), (tx) => cases.confirmed(tx, [item]));
    expect(await confirmed()).toEqual([]);
    const act = (asked: Partial<AskDecide>): Promise<Response> =>
      ask("POST", `/items/${item}/decisions`, {
        findings: [his.id],
        decision: "confirm",
        alike: true,
        ...asked,
      });
    expect(await code(await act({}))).toBe("422 ROLE_NEEDED");
    expect(await code(await act({ role: "victim", decision: "reject" }))).toBe("422 ROLE_NEEDED");
    expect(await code(await act({ role: "victim", findings: [newId()] }))).toBe("404 NOT_FOUND");
    const done = (await (await act({ role: "victim" })).json()) as { act: Id; changed: number };
    expect(done.changed).toBe(2);
    expect(await confirmed()).toMatchObject([
      { item, canonical: "+6281234567890", role: "victim", place: { part: "1" } },
    ]);
    expect(await json("DELETE", `/items/${item}/decisions/${done.act}`)).toEqual({ changed: 2 });
    expect(await code(await ask("DELETE", `/items/${item}/decisions/${done.act}`))).toBe(
      "409 NOTHING_TO_UNDO",
    );
    expect(await confirmed()).toEqual([]);
    const wrong = await act({
      decision: "correct",
      role: "suspect",
      correction: { type: "phone", value: "hello" },
    });
    expect(await code(wrong)).toBe("422 NOT_A_SELECTOR");
    await act({
      decision: "correct",
      role: "suspect",
      correction: { type: "phone", value: "+62 812-3456-7899" },
    });
    expect((await groups()).find((one) => one.canonical === "+6281234567899")).toMatchObject({
      times: 2,
      states: ["corrected"],
      roles: ["suspect"],
    });
    // Somebody else may look and not decide.
    expect(
      await code(
        await door(bayu).ask("POST", `/items/${item}/decisions`, { findings: [his.id], decision: "reject" }),
      ),
    ).toBe("404 NOT_FOUND");
  });
});

describe("taking in", () => {
  test("goes on where it was cut off, and says how far it came", async () => {
    const { item, ...ask } = await announcementOf(keys, "a.txt", chat);
    await door().ask("POST", "/intakes", ask);
    expect((await door().ask("POST", "/intakes", ask)).status).toBe(201);
    const head = {
      ...tus,
      "upload-length": String(chat.length),
      "upload-metadata": `intake ${Buffer.from(item).toString("base64")}`,
    };
    expect((await door().ask("POST", "/upload", undefined, head)).status).toBe(201);
    const patch = { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
    expect((await door().ask("PATCH", `/upload/${item}`, chat.subarray(0, 50), patch)).status).toBe(204);
    expect(await door().json<Intake>("GET", `/intakes/${item}`)).toMatchObject({
      state: "open",
      received: 50,
    });
    expect((await door().ask("POST", "/upload", undefined, head)).status).toBe(409);
    expect((await door().ask("HEAD", `/upload/${item}`, undefined, tus)).headers.get("upload-offset")).toBe(
      "50",
    );
    expect((await upload(item, chat, 50)).status).toBe(204);
    await work();
    expect(await door().json<Intake>("GET", `/intakes/${item}`)).toMatchObject({ state: "sealed" });
  });

  test("refuses bytes that are not those that were signed, keeps nothing of them, and takes the right ones after", async () => {
    const { item, ...ask } = await announcementOf(keys, "a.txt", chat);
    await door().ask("POST", "/intakes", ask);
    const blobs = async (): Promise<number> => {
      let count = 0;
      for await (const _ of node.blobs.list()) count += 1;
      return count;
    };
    const before = await blobs();
    const swapped = Buffer.from(chat);
    swapped[10]! ^= 1;
    await upload(item, swapped);
    await work();
    expect(await door().json<Intake>("GET", `/intakes/${item}`)).toMatchObject({
      state: "refused",
      received: 0,
      refusal: { code: "DIGEST_DIFFERS" },
    });
    expect(await blobs()).toBe(before);
    expect((await door().ask("GET", `/items/${item}`)).status).toBe(404);
    expect((await upload(item, chat)).status).toBe(204);
    await work();
    expect(await door().json<Intake>("GET", `/intakes/${item}`)).toMatchObject({ state: "sealed" });
  }, 60_000);

  test("refuses what another device signed, another officer's words, another file under the same id, and too much", async () => {
    const post = async (ask: object, who = sari): Promise<string> =>
      code(await door(who).ask("POST", "/intakes", ask));
    const { item, ...ask } = await announcementOf(keys, "a.txt", chat);
    expect(await post({ ...ask, signature: toBase64(new Uint8Array(64)) })).toBe("422 NOT_SIGNED");
    const other = await announcementOf({ ...keys, device: newSigner() }, "a.txt", chat);
    expect(await post(other)).toBe("422 NOT_SIGNED");
    expect(await post(await announcementOf({ ...keys, deviceId: newId() }, "a.txt", chat))).toBe(
      "403 NO_DEVICE",
    );
    expect(await post(ask, bayu)).toBe("422 NOT_AS_SIGNED");
    expect(
      await post({ ...ask, disclosures: ask.disclosures.map((one) => one.replace("a.txt", "b.txt")) }),
    ).toBe("422 NOT_AS_SIGNED");
    expect(await post({ ...ask, statement: toBase64(new TextEncoder().encode("{}")) })).toBe(
      "422 NOT_AS_SIGNED",
    );
    await door().ask("POST", "/intakes", ask);
    expect(await post(await announcementOf(keys, "b.txt", Buffer.from("other"), { item }))).toBe(
      "409 ALREADY_DIFFERENT",
    );
    const limits = node.limits;
    node.limits = { ...limits, file: 10 };
    expect(await post(await announcementOf(keys, "c.txt", chat))).toBe("413 FILE_TOO_LARGE");
    node.limits = { ...limits, open: 1 };
    expect(await post(await announcementOf(keys, "d.txt", chat))).toBe("429 TOO_MANY_OPEN");
    node.limits = limits;
    expect(
      await code(
        await door(bayu)
          .ask("HEAD", `/upload/${item}`, undefined, tus)
          .then(() => door(bayu).ask("GET", `/intakes/${item}`)),
      ),
    ).toBe("404 NOT_FOUND");
  });

  test("repeated after nobody heard that it was sealed, is the same item; given up, or a day later, it is another", async () => {
    const bytes = Buffer.from("LATIHAN: once only");
    const post = async (name = "once.txt"): Promise<Intake> => {
      const { item: _, ...ask } = await announcementOf(keys, name, bytes, { keyed: true });
      const answer = await door().ask("POST", "/intakes", ask);
      expect(answer.status).toBe(201);
      return (await answer.json()) as Intake;
    };
    // Two at one time, as of a client that was killed and called again.
    const [first, beside] = await Promise.all([post(), post()]);
    expect(beside.item).toBe(first.item);
    await upload(first.item, bytes);
    await work();
    expect(await post()).toMatchObject({ item: first.item, state: "sealed" });
    const other = await post("twice.txt");
    expect(other.item).not.toBe(first.item);
    await door().ask("DELETE", `/intakes/${other.item}`);
    expect((await post("twice.txt")).item).not.toBe(other.item);
    await node.store.write(jobStanding("test"), async (tx) => {
      tx.note("test.aged", { id: first.item });
      const yesterday = new Date(Date.now() - 25 * 3_600_000);
      await tables(tx)
        .updateTable("simpul.evidence_intakes")
        .set({ started_at: yesterday })
        .where("id", "=", first.item)
        .execute();
    });
    expect((await post()).item).not.toBe(first.item);
  });

  test("sweeps what nobody finished, and its bytes", async () => {
    const { item, ...ask } = await announcementOf(keys, "a.txt", chat);
    await door().ask("POST", "/intakes", ask);
    await writeFile(stagedFile(node, item), chat.subarray(0, 20));
    await truncate(stagedFile(node, item), 10);
    const later = { ...node, clock: { now: () => new Date(Date.now() + 8 * 86_400_000) } };
    expect(await sweepIntakes(later)).toBeGreaterThan(0);
    expect(await readdir(node.staging)).not.toContain(item);
    expect(await door().json("GET", `/intakes/${item}`)).toMatchObject({ state: "swept" });
  });

  test("tells a file that cannot be read by name, and keeps it sealed all the same", async () => {
    const item = await takeIn("foto.jpg", Buffer.from("this is no picture"));
    expect(await door().json("GET", `/items/${item}`)).toMatchObject({
      state: "sealed",
      reading: { state: "refused", refusal: { code: "MISLABELLED" } },
    });
    expect(await code(await door().ask("GET", `/items/${item}/reading/0`))).toBe("409 NOT_READ_YET");
  }, 60_000);
});

test("a refusal of the room has one status for each code", () => {
  for (const one of Object.keys(evidenceRefusals)) expect(new EvidenceRoomError(one as never).code).toBe(one);
});
