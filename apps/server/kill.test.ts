// A whole node killed at random moments while it takes files in, appends to its ledger, sends to another state and runs exercises.
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { clientFor, dispatch, readProfile } from "@simpul/doors/cli";
import type { Client } from "@simpul/doors/cli";
import { signInCommand } from "@simpul/features/access/command.ts";
import { fileOf, takeIn } from "@simpul/features/evidence/command-send.ts";
import type { Item } from "@simpul/features/evidence/contract.ts";
import type { RequestHead, RequestView } from "@simpul/features/requests/contract.ts";
import { caseNamed, draft } from "@simpul/features/requests/testing.ts";
import { verifyConsistency } from "@simpul/ledger";
import { fromBase64, toBase64 } from "@simpul/seal";
import { auditLog, openStore } from "@simpul/store";
import type { LogName, OpenStore } from "@simpul/store";
import { nodeVerifying as engine, systemClock, systemRandom } from "@simpul/store/keys";
import { nations, signIn } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, expect, test, vi } from "vitest";
import { rounds } from "@simpul/testing/whole";
import { dropDatabase, testDatabase } from "../../testing/database.ts";
import { directs, runsStand } from "../../testing/exercise-killed.ts";
import { KilledNode, moments } from "../../testing/killed-node.ts";
import { freePort } from "../../testing/ports.ts";
import { migrations, openNode, readSettings, serve } from "./index.ts";

const kills = Number(process.env["SIMPUL_KILLS"] ?? rounds(3, 12));
/** `SIMPUL_SEED` gives a run its moments again. */
const seed = Number(process.env["SIMPUL_SEED"] ?? randomBytes(4).readUInt32BE());

const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const looking = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;
const rowsOf = <Row>(store: OpenStore, query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  store.read(looking, async (db) => {
    db.noteRead("test.looked", {});
    return (await query.execute(db.rows)).rows;
  });

let victim: KilledNode | null = null;
afterAll(() => victim?.end());

/** What the node said yes to, and must never lose. */
interface Promised {
  /** By file name: the item, and what its bytes hash to. */
  files: Map<string, { item: string; digest: string }>;
  notes: string[];
  /** Subjects of requests, in the order in which they were let go. */
  sent: string[];
  /** Runs of a script that were directed to their end. */
  played: string[];
  /** Roots by log and size. */
  heads: Map<string, { log: LogName; size: number; root: string }>;
}

/** Her node, asked until it answers: what the line said when it died is not known, and the act is looked up. */
async function asked<Answer>(who: Person, method: string, at: string, body?: unknown) {
  for (;;) {
    const got = await who.ask<Answer>(method, at, body).catch(() => null);
    if (got !== null && got.status < 500) return got;
    await later(60);
  }
}

/** Drafted, put forward and let go; each step whose answer was lost is asked again, and may have been done. */
async function letGo(author: Person, liaison: Person, number: string, subject: string): Promise<void> {
  const made = await asked<{ id: string }>(
    author,
    "POST",
    "/api/requests",
    draft(number, ["kh"], { subject }),
  );
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const at = `/api/requests/${made.body.id}`;
  const put = await asked(author, "POST", `${at}/submit`);
  if (put.status !== 204) expect(put.body).toMatchObject({ error: { code: "NOT_NOW" } });
  for (;;) {
    await asked(liaison, "POST", "/api/access/step-up/exercise", {
      act: "request.approve",
      record: made.body.id,
    });
    const gone = await asked(liaison, "POST", `${at}/approve`, { reason: "EXERCISE" });
    if (gone.status === 204) return;
    const { body } = await asked<RequestView>(author, "GET", at);
    if (body.threads.length > 0) return;
  }
}

/** The node, and who is at work there, signed in before the first kill. */
interface Workplace {
  home: string;
  store: OpenStore;
  door: Client;
  author: Person;
  liaison: Person;
  director: Person;
  number: string;
}

/** Enough of each that a kill met it in every state: a slow machine works on until it has it. */
const enough = ({ files, notes, sent, played }: Promised): boolean =>
  files.size > 2 && notes.length > 5 && sent.length > 2 && played.length > 0;

/** Everything at once, each as often as it goes, until all kills are over and there is enough of it. */
async function work({ home, store, door, ...at }: Workplace, killed: () => boolean): Promise<Promised> {
  const promised: Promised = { files: new Map(), notes: [], sent: [], played: [], heads: new Map() };
  const over = (): boolean => killed() && enough(promised);
  const { author, liaison, number } = at;
  let nth = 0;
  const takesIn = async (): Promise<void> => {
    while (!over()) {
      const name = `file-${nth++}.txt`;
      // Small and large: kills fall into announcing, sending, sealing and reading.
      const noise = nth % 4 === 0 ? randomBytes(300_000).toString("base64") : "";
      const text = Buffer.from(`LATIHAN ${name}: hubungi +62 854-0000-${1000 + nth}\n${noise}`);
      await writeFile(path.join(home, name), text);
      const bytes = await fileOf(path.join(home, name), "device-export");
      const { item } = await takeIn(door, bytes, null, () => undefined);
      promised.files.set(name, { item, digest: sha256(text) });
      // Reading a file takes a process of its own.
      await later(3_000);
    }
  };
  const appends = async (): Promise<void> => {
    for (let nth = 0; !over(); nth++) {
      const fields = { body: `EXERCISE: note ${nth}`, language: "en" };
      const made = await asked<{ id: string }>(author, "POST", `/api/cases/${number}/records/note`, {
        fields,
      });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      promised.notes.push(made.body.id);
      await later(40);
    }
  };
  const sends = async (): Promise<void> => {
    for (let nth = 0; !over(); nth++) {
      const subject = `EXERCISE: letter ${nth}`;
      await letGo(author, liaison, number, subject);
      promised.sent.push(subject);
    }
  };
  // Whoever looks at a head once keeps it: a cosigner, a court.
  const looks = async (): Promise<void> => {
    while (!over()) {
      const { rows: heads } = await store.chore("test", (keeper) =>
        sql<{ log: LogName; size: string; root: Buffer }>`select log, size, root from simpul.heads`.execute(
          keeper.rows,
        ),
      );
      for (const { log, size, root } of heads) {
        const key = `${log} ${size}`;
        const told = toBase64(root);
        expect(promised.heads.get(key)?.root ?? told).toBe(told);
        promised.heads.set(key, { log, size: Number(size), root: told });
      }
      await later(50);
    }
  };
  const plays = directs(at.director, asked, over, promised.played);
  await Promise.all([takesIn(), takesIn(), appends(), appends(), sends(), looks(), plays]);
  return promised;
}

test(
  `kill -9 of a node, ${kills} times at the moments of seed ${seed}, while it takes in, appends, sends and runs an exercise`,
  {
    timeout: 600_000,
  },
  async () => {
    const random = moments(seed);
    const { kh } = await nations("kh");
    const home = await mkdtemp(path.join(os.tmpdir(), "simpul-kill-"));
    const { url } = await testDatabase(migrations);
    const env = {
      PATH: process.env["PATH"],
      HOME: home,
      SIMPUL_NODE: "id",
      SIMPUL_HOME: home,
      SIMPUL_DATABASE_URL: url,
      SIMPUL_EXERCISE: "1",
      SIMPUL_LOG: "silent",
      SIMPUL_PORT: String(await freePort()),
      SIMPUL_PEER_PORT: String(await freePort()),
    };
    const killed = (victim = await KilledNode.make(env));
    const up = await killed.start();
    await kh.node.peering.introduce(up.card);
    const cards = [kh.node.peering.card()];
    killed.introduce(cards);
    process.env["SIMPUL_CLI_HOME"] = home;
    const quiet = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    await dispatch(signInCommand, ["--node", up.address, "--as", "sari"]);
    quiet.mockRestore();

    const store = await openStore({
      url,
      migrations,
      clock: systemClock,
      random: systemRandom,
      connections: 2,
    });
    let over = false;
    const door = clientFor((await readProfile(process.env))!);
    const [author, liaison] = [await signIn(up.address, "rina"), await signIn(up.address, "agus")];
    const { number } = await caseNamed(author, "pembayar tiket");
    const director = await signIn(up.address, "lestari");
    const working = work({ home, store, door, author, liaison, director, number }, () => over);
    const killing = async (): Promise<void> => {
      let took = 0;
      for (let nth = 0; nth < kills; nth++) {
        // A slow machine gets longer lives too, or whoever asks now and then would only ever meet a dead node.
        await later(100 + random() * Math.max(1000, took));
        await killed.kill();
        // One in four dies while it starts, on what the one before it left.
        if (random() < 0.25) {
          await killed.begin();
          await later(random() * 600);
          await killed.kill();
        }
        const began = Date.now();
        await killed.start();
        took = Date.now() - began;
        // As it starts it asks for cosignatures, so that kills fall there too.
        killed.introduce(cards);
      }
      over = true;
    };
    // A refusal of anything would throw here.
    const [promised] = await Promise.all([working, killing()]);
    await killed.end();

    // The last start, in this process: what the killed left is finished without anybody's help.
    const node = await openNode(readSettings(env), { log: pino({ level: "silent" }), connections: 8 });
    const web = await serve(node);
    await filesStand(node.store, door, home, promised);
    await sendingsStand(node.store, kh, promised);
    await ledgerStands(node, kh, promised);
    await runsStand(node.store, kh, promised.played);
    await web.close();
    await node.close();
    await store.close();
    await dropDatabase(url);
    await rm(home, { recursive: true, force: true });
  },
);

/** Every file once, its bytes those that were sent, its chain whole, and read although its reader was killed. */
async function filesStand(store: OpenStore, door: Client, home: string, { files }: Promised): Promise<void> {
  const all = async (): Promise<Item[]> => {
    const items: Item[] = [];
    for (let cursor: string | null = null; ;) {
      const page: { items: Item[]; next: string | null } = await door.call(
        "GET",
        `/api/evidence/items?limit=100${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = page.next;
    }
  };
  const items = await all();
  expect(items.map((item) => item.fileName).sort()).toEqual([...files.keys()].sort());
  for (const { id, fileName, digest } of items) {
    expect({ item: id, digest }).toEqual(files.get(fileName));
    const original = await door.fetch(`/api/evidence/items/${id}/original`);
    expect(sha256(new Uint8Array(await original.arrayBuffer()))).toBe(digest);
  }
  // No item without its custody, no statement without its leaf.
  const half = sql<{ id: string }>`select i.id from simpul.evidence_items i
    where i.chain <> (select count(*) from simpul.evidence_statements s where s.item_id = i.id)
      or not exists (select from simpul.leaves l where l.about_id = i.id and l.kind = 'evidence.sealed')
      or exists (select from simpul.evidence_statements s where s.item_id = i.id and s.number > 0
        and not exists (select from simpul.leaves l where l.about_id = i.id
          and position(encode(s.digest, 'hex') in l.record) > 0))`;
  expect(await rowsOf(store, half)).toEqual([]);
  await vi.waitFor(
    async () => expect((await all()).every((item) => item.reading.detection === "done")).toBe(true),
    { timeout: 150_000, interval: 500 },
  );
  const staged = await readdir(path.join(home, "nodes", "id", "staging"));
  expect(staged.filter((name) => !items.some((item) => name.startsWith(item.id)))).toEqual([]);
}

/** Every letter is at the other state once, in the order in which it was let go, and both sides have its leaf. */
async function sendingsStand(store: OpenStore, kh: Nation, { sent }: Promised): Promise<void> {
  interface Out {
    id: string;
    kind: string;
    sequence: string;
    state: string;
    subject: string | null;
    noted: boolean;
  }
  const outgoing = sql<Out>`select id, kind, sequence, state, body ->> 'subject' as subject,
      exists (select from simpul.leaves l where l.at = o.created_at) as noted
    from simpul.outbox o where peer = 'kh' order by sequence`;
  await vi.waitFor(
    async () => expect((await rowsOf(store, outgoing)).every((one) => one.state === "receipted")).toBe(true),
    { timeout: 180_000, interval: 200 },
  );
  const out = await rowsOf(store, outgoing);
  expect(out.filter((one) => !one.noted)).toEqual([]);
  expect(out.map((one) => Number(one.sequence))).toEqual(out.map((_, nth) => nth + 1));
  const letters = out.filter((one) => one.kind === "request.sent").map((one) => one.subject);
  expect(letters).toEqual(sent);

  interface In {
    id: string;
    sequence: string;
    outcome: string;
    noted: boolean;
  }
  const taken = await rowsOf(
    kh.node.store,
    sql<In>`select id, sequence, outcome, exists (select from simpul.leaves l where l.at = r.at) as noted
      from simpul.received r where peer = 'id' order by sequence`,
  );
  const as = { outcome: "accepted", noted: true };
  expect(taken).toEqual(out.map(({ id, sequence }) => ({ id, sequence, ...as })));
  const sophea = await kh.as("sophea");
  const there: string[] = [];
  for (let at: string | null = "/api/requests?box=incoming&limit=100"; at !== null;) {
    const page: { requests: RequestHead[]; next: string | null } = await sophea.must("GET", at);
    there.push(...page.requests.map((one) => one.subject));
    at = page.next === null ? null : `/api/requests?box=incoming&limit=100&cursor=${page.next}`;
  }
  expect(there.sort()).toEqual([...sent].sort());
}

/** No leaf of an acknowledged act is missing, and the log of now continues every head that anybody ever saw. */
async function ledgerStands(
  { store, ledger, code }: Awaited<ReturnType<typeof openNode>>,
  kh: Nation,
  { notes, heads }: Promised,
): Promise<void> {
  const added = sql<{ id: string }>`select about_id as id from simpul.leaves where kind = 'case.note-added'`;
  const leaves = (await rowsOf(store, added)).map((one) => one.id);
  expect(notes.filter((id) => !leaves.includes(id))).toEqual([]);
  // Nor is there one twice, nor a note of which only half was kept.
  expect(new Set(leaves).size).toBe(leaves.length);

  await ledger.sequence(true);
  const cosigned = sql<{ origin: string; size: string; root: Buffer }>`
    select origin, size, root from simpul.cosigned where origin like ${`${code}.%`}`;
  const seen = await rowsOf(kh.node.store, cosigned);
  expect(seen.length).toBeGreaterThan(0);
  const all = [
    ...heads.values(),
    ...seen.map(({ origin, size, root }) => ({
      log: origin.endsWith("reads") ? ("reads" as const) : ("main" as const),
      size: Number(size),
      root: toBase64(root),
    })),
  ];
  expect(all.length).toBeGreaterThan(4);
  for (const log of ["main", "reads"] as const) {
    const now = (await ledger.head(log))!;
    const audit = await auditLog(store, log, engine);
    expect(audit).toMatchObject({ missing: 0, altered: [], rootHolds: true });
    for (const { size: old, root } of all.filter((one) => one.log === log && one.size > 0)) {
      const proof = await ledger.consistency(log, old, now.size);
      verifyConsistency({ old, size: now.size, oldRoot: fromBase64(root), root: now.root, proof }, engine);
    }
  }
}
