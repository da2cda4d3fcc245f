// From a sealed item to a bundle that a stranger checks: three real nodes, the command line, and tools that are not ours.
import { execFile, execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { createHash } from "node:crypto";
import type { Digest, Id, NodeCode } from "@simpul/model";
import { signStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { nations, type Nation, type Person } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import { rounds } from "@simpul/testing/whole";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buffer } from "node:stream/consumers";
import { createInflateRaw } from "node:zlib";
import { Readable } from "node:stream";
import { zipSource } from "@simpul/evidence/bag";
import type { Export, ExportPreview, GrantedTerms, Item, Story, TrustPolicy } from "../contract.ts";
import { simpul as command } from "../../../apps/cli/simpul.ts";
import { accessNode } from "../../../apps/server/access.ts";
import { exportNode } from "../../../apps/server/exporting.ts";
import { resolveSession } from "../../access/sessions.ts";
import { grantType } from "../../requests/grants.ts";
import { itemsForOthers } from "../from-peer.ts";
import { jobStanding } from "../node.ts";
import { askExport } from "./ask.ts";
import { exportJobs } from "./job.ts";
import type { Standing } from "@simpul/store";
import type { ExportNode } from "./node.ts";
import { sweepExports } from "./exports.ts";
import { quorumOf } from "./policy.ts";
import { missingUses } from "./terms.ts";

const call = promisify(execFile);
const house = fileURLToPath(new URL("../../../", import.meta.url));
const there = (tool: string, ask: string): boolean => {
  try {
    execFileSync(tool, [ask], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const chat = "LATIHAN 03/02/31 19.02 - Kak Melly: Masih minat? telegram @melly_kerja_kh\n";

let all: Record<"id" | "kh" | "ph", Nation>;
let sari: Person;
let folder: string;
let caseOf: { id: Id; number: string };
let item: Id;
let other: Id;

interface Ran {
  code: number;
  out: string;
  err: string;
}
const ran = (program: string, args: string[], cwd: string, env = process.env): Promise<Ran> =>
  call(program, args, { cwd, env, maxBuffer: 1 << 24 }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (fault: unknown) => {
      const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    },
  );
/** A file of this test's folder. */
const file = (name: string): string => path.join(folder, name);
const tsx = pathToFileURL(path.join(house, "node_modules/tsx/dist/loader.mjs")).href;
/** The command line as an officer types it, in a process of its own. */
const spawned = (...args: string[]): Promise<Ran> =>
  ran(process.execPath, ["--import", tsx, path.join(house, "apps/cli/main.ts"), ...args], folder);
/** The same command in this process: most of a spawned one's time goes into reading the house again. */
const simpulAs = async (profile: string, ...args: string[]): Promise<Ran> => {
  process.env["SIMPUL_CLI_HOME"] = profile;
  const { exit, text, wrong } = await typed(command, args);
  return { code: exit, out: text, err: wrong };
};
const simpul = (...args: string[]): Promise<Ran> => simpulAs(file("profile"), ...args);
const verify = (name: string, ...more: string[]): Promise<Ran> =>
  simpul("verify", file(name), "--policy", file("policy.txt"), ...more);
const must = async (running: Promise<Ran>): Promise<string> => {
  const { code, out, err } = await running;
  if (code !== 0) throw new Error(`${code}: ${err}${out}`);
  return out;
};

/** Lets the ledger of `id` place and sign, and the others cosign, without waiting for the clock. */
async function cosigned(): Promise<void> {
  await all.id.node.ledger.sequence(true);
  await all.id.node.peering.cosign();
}

async function bundle(name: string, ...more: string[]): Promise<Ran> {
  const asking = simpul(
    ...["bundle", caseOf.number, "--recipient", "Phnom Penh Municipal Court (EXERCISE)", "--state", "kh"],
    ...["--reason", "Letter of request 12/2031", "--to", file(name), ...more],
  );
  const signing = setInterval(() => void cosigned().catch(() => undefined), 700);
  return asking.finally(() => clearInterval(signing));
}

async function unpacked(zip: string): Promise<string> {
  const bytes = await readFile(file(zip));
  const source = await zipSource({
    size: bytes.length,
    read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
    inflate: (packed) => Readable.from(packed).pipe(createInflateRaw()),
  });
  const into = await mkdtemp(file("unpacked-"));
  for (const name of await source.paths()) {
    const at = path.join(into, name);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, await buffer(Readable.from(source.open(name))));
  }
  return into;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-bundle-"));
  all = await nations("id", "kh", "ph");
  sari = await all.id.as("sari");
  caseOf = await sari.must("POST", "/api/cases", {
    title: "LATIHAN Bundel",
    crimeType: "trafficking-forced-criminality",
  });
  await must(simpul("sign-in", "--node", all.id.web.address, "--as", "sari"));
  await writeFile(file("chat.txt"), chat);
  await writeFile(file("note.txt"), "LATIHAN nomor 0812-3456-7890\n");
  const taken = await must(
    simpul("take-in", file("chat.txt"), file("note.txt"), "--case", caseOf.id, "--json"),
  );
  [item, other] = taken
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as Item).id) as [Id, Id];
  await must(simpul("policy", "--to", file("policy.txt")));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a bundle of a case", () => {
  let out: string;
  beforeAll(async () => {
    const made = await bundle("case.zip", "--json");
    expect(made).toMatchObject({ code: 0 });
    expect(made.err).not.toContain("cosigners follow");
    out = await unpacked("case.zip");
  }, 120_000);

  test("is proven by our command line and by the script that travels in it, under a policy from elsewhere", async () => {
    const policy = file("policy.txt");
    const ours = await spawned("verify", file("case.zip"), "--policy", policy, "--json");
    expect(ours).toMatchObject({ code: 0, err: "proven\n" });
    const checks = ours.out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { check: string }).check);
    for (const one of [item, other])
      expect(checks).toEqual(
        expect.arrayContaining(["chain", "bytes", "fields", "ledger"].map((part) => `item ${one} ${part}`)),
      );
    const script = ["verify/verify.mjs", ".", "--policy", policy];
    expect(await ran(process.execPath, script, out)).toMatchObject({ code: 0, err: "proven\n" });
    // The policy of another state that cosigned says the same keys, seen from there.
    const khmer = await (await all.kh.as("sreymom")).must<TrustPolicy>("GET", "/api/evidence/trust-policy");
    await writeFile(file("kh.txt"), khmer.text);
    const foreign = await simpul("verify", file("case.zip"), "--policy", file("kh.txt"), "--json");
    expect(foreign.out).toContain(`"item ${item} chain","ok":true`);
    expect(foreign.out).toContain(`"item ${item} ledger","ok":false`);
  }, 60_000);

  test("holds the original, papers without script in two languages, and the mark of the exercise", async () => {
    expect(await readFile(path.join(out, `data/items/${item}/original.txt`), "utf8")).toBe(chat);
    const [readMe, certificate, info] = await Promise.all(
      ["READ-ME-FIRST.html", "certificate.html", "bag-info.txt"].map((name) =>
        readFile(path.join(out, name), "utf8"),
      ),
    );
    for (const paper of [readMe!, certificate!]) {
      expect(paper).toContain('lang="en"');
      expect(paper).toContain('lang="id"');
      expect(paper).toContain("LATIHAN");
      expect(paper).not.toMatch(/<script|paper\.|undefined/);
    }
    expect(certificate).toContain("Sari");
    expect(info).toContain("Exercise: EXERCISE");
    expect(info).toContain("Recipient: Phnom Penh Municipal Court (EXERCISE) (KH)");
    expect(info).not.toContain("Letter of request");
    // The same exhibits as other houses' tools read them: bytes, digest, custody (MLA-10).
    const { "@graph": graph } = JSON.parse(await readFile(path.join(out, "case.jsonld"), "utf8")) as {
      "@graph": Record<string, unknown>[];
    };
    const node = (name: string) => graph.find((one) => one["@id"] === `kb:${name}-${item}`);
    expect(JSON.stringify(node("File"))).toContain(createHash("sha256").update(chat).digest("hex"));
    expect(JSON.stringify(node("File"))).toContain(`data/items/${item}/original.txt`);
    expect(node("InvestigativeAction-0")).toMatchObject({ "uco-core:name": "acquired" });
    const bundle = graph[0]!["uco-core:object"] as { "@id": string }[];
    expect(bundle.map((one) => one["@id"])).toEqual(graph.slice(1).map((one) => one["@id"]));
  });

  test.skipIf(!there("sha256sum", "--version"))("passes sha256sum -c", async () => {
    for (const list of ["manifest-sha256.txt", "tagmanifest-sha256.txt"]) {
      const sums = await ran("sha256sum", ["-c", list], out);
      expect(sums, sums.err).toMatchObject({ code: 0 });
    }
    const original = path.join(out, `data/items/${item}/original.txt`);
    await writeFile(original, chat.replace("Melly", "Molly"));
    expect((await ran("sha256sum", ["-c", "manifest-sha256.txt"], out)).code).toBe(1);
    await writeFile(original, chat);
  });

  test.skipIf(!there("openssl", "version"))(
    "every signature passes openssl, and none after a changed byte",
    async () => {
      const records = path.join(out, "records", item);
      const signatures = (await readdir(records)).filter((name) => name.endsWith(".sig"));
      expect(signatures.length).toBeGreaterThan(2);
      const check = (sig: string): Promise<Ran> => {
        const [number, key] = sig.split(".");
        return ran(
          "openssl",
          [
            ...["pkeyutl", "-verify", "-pubin", "-inkey", `trust/keys/${key!}.pem`, "-rawin"],
            ...["-in", `records/${item}/${number!}.pae`, "-sigfile", `records/${item}/${sig}`],
          ],
          out,
        );
      };
      for (const sig of signatures) expect((await check(sig)).out).toContain("Verified Successfully");
      const pae = path.join(records, "000.pae");
      const bytes = await readFile(pae);
      await writeFile(pae, bytes.toString("latin1").replace("device", "devise"), "latin1");
      expect((await check(signatures.find((name) => name.startsWith("000."))!)).code).not.toBe(0);
      await writeFile(pae, bytes);
    },
  );

  test("after any one changed byte of any file ours refuses it; torn it is unusable", async () => {
    const names = (await readdir(out, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
    const policy = file("policy.txt");
    const script = file("verify.mjs");
    await cp(path.join(out, "verify/verify.mjs"), script);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, where, by) => {
        const name = names[which % names.length]!;
        const bytes = await readFile(name);
        const changed = Buffer.from(bytes);
        changed[where % bytes.length]! ^= by;
        await writeFile(name, changed);
        const { code } = await ran(process.execPath, [script, out, "--policy", policy], folder);
        await writeFile(name, bytes);
        expect(code, name).not.toBe(0);
      }),
      { numRuns: rounds(8, 25) },
    );
    await rm(path.join(out, `records/${item}/001.dsse.json`));
    expect((await ran(process.execPath, [script, out, "--policy", policy], folder)).code).toBe(1);
    const whole = await readFile(file("case.zip"));
    await writeFile(file("torn.zip"), whole.subarray(0, whole.length / 2));
    expect((await verify("torn.zip")).code).toBe(2);
  }, 120_000);

  test("stands in the custody of each item, in the ledger, and before oversight", async () => {
    const story = await sari.must<Story>("GET", `/api/evidence/items/${item}/story`);
    expect(story).toMatchObject({ intact: true });
    const told = story.lines.find((line) => line.event === "disclosed");
    expect(told).toMatchObject({ facts: { to: "kh" } });
    const hendra = await all.id.as("hendra");
    const { exports } = await hendra.must<{ exports: Export[] }>("GET", "/api/evidence/exports");
    expect(exports[0]).toMatchObject({
      state: "ready",
      proven: true,
      recipientState: "kh",
      reason: "Letter of request 12/2031",
    });
    const fetched = await fetch(`${all.id.web.address}/api/evidence/exports/${exports[0]!.id}/bundle`, {
      headers: { cookie: hendra.cookie },
    });
    expect(fetched.status).toBe(403);
    // Nobody outside the case but oversight finds it.
    const foreign = await all.id.as("agus");
    expect((await foreign.ask("GET", `/api/evidence/exports/${exports[0]!.id}`)).status).toBe(404);
  });
});

test("facts that the officer withholds stay hidden, and the bundle is proven all the same", async () => {
  await must(bundle("bare.zip", "--items", item, "--fields", "place"));
  const out = await unpacked("bare.zip");
  const everything = await Promise.all(
    (await readdir(out, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("/verify"))
      .map((entry) => readFile(path.join(entry.parentPath, entry.name), "utf8")),
  );
  for (const text of everything) {
    expect(text).not.toContain("chat.txt");
    expect(text).not.toContain("Sari");
  }
  const proven = await verify("bare.zip");
  expect(proven).toMatchObject({ code: 0 });
  expect(proven.out).toContain("withheld: 2");
}, 60_000);

test("letting out asks for a fresh proof, a reason and a recipient; what she does not see is not found", async () => {
  const ask = { case: caseOf.id, recipient: "Court", recipientState: "kh", reason: "request", fields: [] };
  const first = await sari.ask<{ error: { code: string } }>("POST", "/api/evidence/exports", ask);
  expect(first).toMatchObject({ status: 403, body: { error: { code: "STEP_UP" } } });
  for (const wrong of [{ reason: " " }, { recipient: "" }, { recipientState: "Cambodia" }, { items: [] }])
    expect((await sari.ask("POST", "/api/evidence/exports", { ...ask, ...wrong })).status).toBe(422);
  const agus = await all.id.as("agus");
  expect((await agus.ask("POST", "/api/evidence/exports", ask)).status).toBe(404);
  const elsewhere = { ...ask, items: ["01890000-0000-7000-8000-00000000abcd"] };
  expect((await sari.ask("POST", "/api/evidence/exports", elsewhere)).status).toBe(404);
});

const nothing: GrantedTerms = { permitted: [], permissions: [] };

describe("what Cambodia sealed and handed over", () => {
  let theirs: Id;
  let caseWith: { id: Id; number: string };
  const text = "LATIHAN សាវ័ន: the guard kept the passports\n";
  beforeAll(async () => {
    caseWith = await sari.must("POST", "/api/cases", {
      title: "LATIHAN Dari Kamboja",
      crimeType: "trafficking-forced-criminality",
    });
    await writeFile(file("statement.txt"), text);
    const profile = file("khmer");
    await must(simpulAs(profile, "sign-in", "--node", all.kh.web.address, "--as", "sreymom"));
    const taken = await must(simpulAs(profile, "take-in", file("statement.txt"), "--no-read", "--json"));
    theirs = (JSON.parse(taken) as Item).id;
    await handOver(theirs);
  }, 60_000);

  /** As an answer carries it: out of Cambodia's custody with its proof, checked and sealed again here. */
  async function handOver(id: Id): Promise<void> {
    const keysOf = (node: Nation["node"]) => (code: NodeCode) => node.peering.signingKeys(code);
    const out = itemsForOthers({ ...all.kh.node.evidence, keysOf: keysOf(all.kh.node) });
    const proof = await all.kh.node.store.write(jobStanding("send"), (tx) =>
      out.depart(tx, id, { to: "id" as NodeCode, envelope: id }),
    );
    const mine = itemsForOthers({ ...all.id.node.evidence, keysOf: keysOf(all.id.node) });
    const { rows } = await all.id.node.store.read(jobStanding("test"), (db) =>
      sql<{
        agency_id: Id;
        desk_id: Id;
      }>`select agency_id, desk_id from simpul.cases where id = ${caseWith.id}`.execute(db.rows),
    );
    const bytes = Buffer.from(text);
    await mine.takeInFromPeer(
      {
        id,
        from: "kh" as NodeCode,
        originator: "kh" as NodeCode,
        case: caseWith.id,
        agency: rows[0]!.agency_id,
        desk: rows[0]!.desk_id,
        fileName: "statement.txt",
        mediaType: "text/plain",
        size: bytes.length,
        digest: createHash("sha256").update(bytes).digest("hex") as Digest,
        handling: { codes: ["H1", "H2"] },
        evaluation: { source: "X", information: "4" },
        proof,
        agencyOnly: false,
      },
      Readable.from([bytes]),
      () => Promise.resolve(),
    );
  }
  const runJob = (by: ExportNode, id: string): Promise<void> =>
    exportJobs(by)["evidence.export"]!.run({
      id: id as Id,
      kind: "evidence.export",
      payload: { export: id },
      attempt: 1,
      progress: () => Promise.resolve(),
      signal: new AbortController().signal,
    });
  async function askAgainWithout(granted: ExportNode, standing: Standing): Promise<Export> {
    await sari.must("POST", "/api/access/step-up/exercise", { act: "evidence.export", record: caseWith.id });
    const { id } = await askExport(granted, standing, { ...ask, case: caseWith.id });
    await runJob(withoutQueue(exportNode(all.id.node, { termsOf: () => Promise.resolve(nothing) })), id);
    return sari.must<Export>("GET", `/api/evidence/exports/${id}`);
  }

  /** The node as the room that keeps permissions would make it; what waits is run here, not by the node's own worker. */
  const withoutQueue = (node: ExportNode): ExportNode => {
    const { store } = node;
    const enqueue = (): Promise<void> => Promise.resolve();
    return {
      ...node,
      store: {
        clock: store.clock,
        random: store.random,
        wakes: store.wakes,
        alive: () => store.alive(),
        load: () => store.load(),
        ping: () => store.ping(),
        aside: (name, fn) => store.aside(name, fn),
        close: () => store.close(),
        read: (standing, fn) => store.read(standing, fn),
        write: (standing, fn) => store.write(standing, (tx) => fn({ ...tx, enqueue })),
        chore: (name, fn) => store.chore(name, (keeper) => fn({ ...keeper, enqueue })),
      },
    };
  };
  const ask = { recipient: "Court", recipientState: "ph" as NodeCode, reason: "request", fields: [] };

  test("stops the bundle until it permits, with its name, its codes and the items (HC-6)", async () => {
    const preview = await sari.must<ExportPreview>(
      "GET",
      `/api/evidence/exports/preview?case=${caseWith.id}&to=ph`,
    );
    expect(preview.items).toMatchObject([{ id: theirs, originator: "kh", missing: ["court", "onward"] }]);
    const no = await sari.ask("POST", "/api/evidence/exports", { ...ask, case: caseWith.id });
    expect(no).toMatchObject({
      status: 403,
      body: {
        error: {
          code: "PERMISSION_NEEDED",
          facts: { originator: "kh", codes: "H1+H2", uses: "court,onward", items: theirs, count: 1 },
        },
      },
    });
    const story = await sari.must<Story>("GET", `/api/evidence/items/${theirs}/story`);
    expect(story.lines.map((line) => line.event)).not.toContain("disclosed");
  });

  test("goes once it permits; the permission travels along, and the whole is proven under our log", async () => {
    const permission = await signStatement(
      grantType,
      Buffer.from(
        JSON.stringify({ originator: "kh", holder: "id", action: "court", record: theirs, court: true }),
      ),
      [all.kh.node.keys.signer],
      nodeVerifying,
    );
    const granted: ExportNode = {
      ...withoutQueue(
        exportNode(all.id.node, {
          termsOf: () =>
            Promise.resolve({
              permitted: ["court", "onward"],
              permissions: [{ id: theirs, signed: JSON.stringify(permission) }],
            }),
        }),
      ),
    };
    await sari.must("POST", "/api/access/step-up/exercise", { act: "evidence.export", record: caseWith.id });
    const acting = await resolveSession(accessNode(all.id.node, all.id.web.address), {
      cookie: sari.cookie.split("=")[1]!,
      bearer: null,
    });
    const standing = { actor: acting!.officer, purpose: acting!.purpose };
    const asked = await askExport(granted, standing, { ...ask, case: caseWith.id });
    // A permission that was taken back while the bundle waited stops it (HC-8).
    const taken = await askAgainWithout(granted, standing);
    expect(taken).toMatchObject({ state: "failed", failure: { code: "PERMISSION_NEEDED" } });
    await cosigned();
    // Without its verifier a bundle is worth nothing abroad: a node whose pages were never built says so by name.
    await sari.must("POST", "/api/access/step-up/exercise", { act: "evidence.export", record: caseWith.id });
    const bare = await askExport(granted, standing, { ...ask, case: caseWith.id });
    const unbuilt = { ...granted, verifier: path.dirname(file("theirs.zip")) };
    const made = async (by: ExportNode, id: string): Promise<Export> => {
      await runJob(by, id);
      return sari.must<Export>("GET", `/api/evidence/exports/${id}`);
    };
    const soon = { timeout: 30_000, interval: 500 };
    await expect
      .poll(async () => (await made(unbuilt, bare.id)).failure?.code, soon)
      .toBe("VERIFIER_NOT_BUILT");
    await expect.poll(async () => (await made(granted, asked.id)).state, soon).toBe("ready");
    const answer = await fetch(`${all.id.web.address}/api/evidence/exports/${asked.id}/bundle`, {
      headers: { cookie: sari.cookie },
    });
    await writeFile(file("theirs.zip"), Buffer.from(await answer.arrayBuffer()));
    const { code, out } = await verify("theirs.zip");
    expect(out).toContain("through the statement after");
    expect({ code, out }).toMatchObject({ code: 0 });
  }, 60_000);
});

test("permission is missing for a court under H1, and for a third state under H2; our own terms do not bind us", () => {
  const own = "id" as NodeCode;
  const held = (codes: ("H0" | "H1" | "H2")[], originator = "kh") => ({
    originator: originator as NodeCode,
    foreign: originator !== "id",
    handling: { codes },
  });
  const to = (state: string) => state as NodeCode;
  expect(missingUses(own, to("id"), held(["H1", "H2"]), [])).toEqual(["court"]);
  expect(missingUses(own, to("kh"), held(["H1", "H2"]), [])).toEqual(["court"]);
  expect(missingUses(own, to("ph"), held(["H1", "H2"]), [])).toEqual(["court", "onward"]);
  expect(missingUses(own, to("ph"), held(["H1", "H2"]), ["court"])).toEqual(["onward"]);
  expect(missingUses(own, to("ph"), held(["H1", "H2"]), ["court", "onward"])).toEqual([]);
  expect(missingUses(own, to("ph"), held(["H0"]), [])).toEqual([]);
  expect(missingUses(own, to("ph"), held(["H1", "H2"], "id"), [])).toEqual([]);
});

test("of the cosigners at least one lies outside the two parties wherever there are two", () => {
  expect([0, 1, 2, 3, 10].map(quorumOf)).toEqual([0, 1, 2, 2, 2]);
});

test("while the other states are away a bundle waits; her reason lets it go, marked and not proven", async () => {
  await all.kh.node.peering.close();
  await all.ph.node.peering.close();
  const asking = simpul(
    ...[
      "bundle",
      caseOf.number,
      "--recipient",
      "Court",
      "--state",
      "kh",
      "--reason",
      "hearing",
      "--to",
      file("now.zip"),
    ],
  );
  const waiting = async (): Promise<Export> => {
    for (;;) {
      const list = `/api/evidence/exports?case=${caseOf.id}`;
      const { exports } = await sari.must<{ exports: Export[] }>("GET", list);
      const found = exports.find((one) => one.state === "waiting");
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const { id } = await waiting();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await sari.must("GET", `/api/evidence/exports/${id}`)).toMatchObject({ state: "waiting" });
  const reason = "hearing at 8, lines to Phnom Penh and Manila are down";
  await sari.must("POST", `/api/evidence/exports/${id}/unproven`, { reason });
  const { code: done, err } = await asking;
  expect({ done, says: err.includes("not proven yet") }).toEqual({ done: 0, says: true });
  const { code, out } = await verify("now.zip");
  expect(code).toBe(1);
  expect(out).toContain(reason);
}, 60_000);

test("what oversight lets rest is not fetched, though it was packed before (AUD-2)", async () => {
  const { exports } = await sari.must<{ exports: Export[] }>(
    "GET",
    `/api/evidence/exports?case=${caseOf.id}`,
  );
  const fetched = `/api/evidence/exports/${exports.find((one) => one.state === "ready")!.id}/bundle`;
  const hendra = await all.id.as("hendra");
  const order = { what: "item", ref: item, reason: "LATIHAN: siapa yang meminta?" };
  await hendra.must("POST", "/api/freezes", order);
  expect(await sari.ask("GET", fetched)).toMatchObject({ status: 409, body: { error: { code: "FROZEN" } } });
  const [freeze] = await hendra.must<{ id: Id }[]>("GET", "/api/freezes");
  await hendra.must("POST", `/api/freezes/${freeze!.id}/ask`, { reason: "LATIHAN: sudah jelas" });
  const putri = await all.id.as("putri");
  await putri.must("POST", "/api/access/step-up/exercise", { act: "freeze.lift", record: freeze!.id });
  await putri.must("POST", `/api/freezes/${freeze!.id}/lift`);
  const cookie = { headers: { cookie: sari.cookie } };
  expect((await fetch(all.id.web.address + fetched, cookie)).status).toBe(200);
});

test("readers who come all at once are answered: none waits for a second connection with the first in hand", async () => {
  const paths = [
    "/api/evidence/items",
    `/api/evidence/items/${item}`,
    `/api/evidence/exports/preview?case=${caseOf.id}`,
  ];
  const asked = Array.from({ length: 30 }, (_, nth) => sari.ask("GET", paths[nth % paths.length]!));
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
}, 30_000);

test("a finished bundle is destroyed after its days, and its row stays", async () => {
  const { exports } = await sari.must<{ exports: Export[] }>("GET", "/api/evidence/exports");
  const later = { ...all.id.node.evidence, clock: { now: () => new Date(Date.now() + 8 * 86_400_000) } };
  expect(await sweepExports(later)).toBe(exports.filter((one) => one.state === "ready").length);
  const gone = await sari.ask("GET", `/api/evidence/exports/${exports[0]!.id}/bundle`);
  expect(gone).toMatchObject({ status: 410, body: { error: { code: "SWEPT" } } });
  const row = await sari.must<Export>("GET", `/api/evidence/exports/${exports[0]!.id}`);
  expect(row).toMatchObject({ state: "swept" });
});
