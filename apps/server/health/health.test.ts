// Health in words, figures without persons, and a log without secrets.
import { rename } from "node:fs/promises";
import path from "node:path";
import { Writable } from "node:stream";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import { webApp } from "../app.ts";
import { features } from "../features.ts";
import { openLog } from "../log.ts";
import { metricsOf, serveMetrics } from "../metrics.ts";
import { ledgerFinding, workFindings } from "./checks.ts";
import type { Readiness } from "./ready.ts";

let id: Nation;
let sari: Person;
const lines: string[] = [];

beforeAll(async () => {
  ({ id } = await nations("id"));
  sari = await id.as("sari");
});

/** The node's web side with figures and a log that a test reads. */
function observed(): { ask(where: string, init?: RequestInit): Promise<Response>; text(): Promise<string> } {
  const to = new Writable({
    write(piece: Buffer, _, done) {
      lines.push(piece.toString("utf8"));
      done();
    },
  });
  const node = { ...id.node, log: openLog({ log: "debug", node: id.node.code }, to) };
  const metrics = metricsOf(node);
  const app = webApp(node, id.web.address, features(node, id.web.address), metrics);
  return {
    ask: async (where, init) => app.fetch(new Request(id.web.address + where, init)),
    text: () => metrics.text(),
  };
}

test("the node says in words that it is ready, and of what that is made", async () => {
  const answer = await fetch(`${id.web.address}/readyz`);
  const look = (await answer.json()) as Readiness;
  expect(answer.status).toBe(200);
  expect(look.parts.map((one) => one.check)).toEqual(
    expect.arrayContaining(["database", "ledger.main", "ledger.reads", "jobs", "evidence.room"]),
  );
  expect(look.parts.every((one) => one.level !== "bad")).toBe(true);
});

test("a node that cannot keep evidence is not ready, and says what to do", async () => {
  const folder = path.join(id.node.settings.home, "evidence");
  await rename(folder, `${folder}.away`);
  try {
    const answer = await observed().ask("/readyz");
    const look = (await answer.json()) as Readiness;
    expect(answer.status).toBe(503);
    expect(look.status).toBe("not-ready");
    expect(look.parts.find((one) => one.check === "evidence")).toMatchObject({ level: "bad" });
  } finally {
    await rename(`${folder}.away`, folder);
  }
});

test("figures tell routes, work and ledger, and name no person, case or typed address", async () => {
  const { ask, text } = observed();
  const { number } = await sari.must<{ number: string }>("POST", "/api/cases", {
    title: "The Park",
    crimeType: "online-fraud",
  });
  const headers = { cookie: sari.cookie };
  await ask(`/api/cases/${number}`, { headers });
  await ask("/api/access/colleagues?text=Wulandari", { headers });
  await ask("/somebody/sari.wulandari@example.org", { headers });
  const figures = await text();
  expect(figures).toMatch(
    /simpul_http_requests_total\{method="GET",route="\/api\/cases\/:ref",status="200"\} 1/,
  );
  expect(figures).toMatch(/simpul_ledger_entries\{log="main",state="placed"\} \d+/);
  expect(figures).toMatch(/simpul_jobs\{state="waiting"\} \d+/);
  expect(figures).toMatch(/simpul_database_connections\{state="open"\} \d+/);
  expect(figures).toMatch(/nodejs_eventloop_lag_p99_seconds/);
  for (const told of [number, "Wulandari", "wulandari", sari.id, "example.org"])
    expect(figures).not.toContain(told);
});

test("figures stand on loopback only, on a port of their own, and nothing else does", async () => {
  const served = await serveMetrics(metricsOf(id.node), 0);
  const at = `http://127.0.0.1:${served.port}`;
  expect(await (await fetch(`${at}/metrics`)).text()).toContain("simpul_ledger_behind");
  expect((await fetch(`${at}/api/cases`)).status).toBe(404);
  await served.close();
  // Off unless a port is set.
  expect(id.web.metricsPort).toBeNull();
});

test("the log carries reference, route and time, and neither secrets nor what was typed", async () => {
  lines.length = 0;
  const { ask } = observed();
  const headers = { cookie: sari.cookie, origin: id.web.address, "content-type": "application/json" };
  await ask("/api/access/colleagues?text=Wulandari", { headers });
  await ask("/api/cases/not-a-number", {
    headers: { ...headers, authorization: "Bearer abcdefghijklmnopqrstuvwxyz" },
  });
  const log = openLog(
    { log: "debug", node: id.node.code },
    {
      write: (line) => void lines.push(line),
    },
  );
  const fault = Object.assign(new Error('invalid input syntax for type uuid: "Sari Wulandari"'), {
    detail: "Key (number)=(sari) already exists.",
    parameters: ["Sari Wulandari"],
    cause: new Error("connect postgresql://simpul_id:hunter2secret@/simpul_id"),
  });
  log.error({ err: fault, token: "t0ken-value", session: { cookie: sari.cookie } }, "fault");
  const all = lines.join("");
  expect(all).toContain('"route":"/api/access/colleagues"');
  expect(all).toContain("invalid input syntax");
  const secret = sari.cookie.split("=")[1]!;
  for (const never of [secret, "Wulandari", "(sari)", "hunter2secret", "t0ken-value", "abcdefghijklmnop"])
    expect(all).not.toContain(never);
});

const state = {
  log: "main",
  size: 10,
  waiting: 0,
  waitingSince: null,
  signed: 10,
  signedAt: new Date("2031-04-17T03:00:00Z"),
  cosignersKnow: 10,
  behind: false,
  restoredAt: null,
  cosigned: [{ cosigner: "kh.simpul/cosigner", size: 10, at: new Date("2031-04-17T03:00:00Z") }],
} as const;
const now = new Date("2031-04-17T06:00:00Z");

test.each([
  ["a whole ledger", {}, "ok"],
  ["one that is behind", { behind: true, cosignersKnow: 12 }, "bad"],
  ["one that waits after a restore", { restoredAt: new Date("2031-04-17T05:00:00Z") }, "warn"],
  ["entries without a place", { waiting: 3, waitingSince: new Date("2031-04-17T05:00:00Z") }, "bad"],
  ["a head that nobody cosigned for hours", { signed: 11 }, "warn"],
] as const)("%s reads as it should", (_, change, level) => {
  expect(ledgerFinding({ ...state, cosigned: [...state.cosigned], ...change }, now).level).toBe(level);
});

test("stuck work is told with what to do", () => {
  const jobs = { waiting: 2, running: 0, dead: 1, abandoned: 0, oldest: 4000 };
  const outbox = [{ peer: "kh", waiting: 1, dead: 2, refused: 0, oldest: 7200 }];
  const found = workFindings({ jobs, outbox });
  expect(found.map((one) => [one.check, one.level])).toEqual([
    ["jobs.dead", "warn"],
    ["jobs", "bad"],
    ["outbox.kh.dead", "warn"],
    ["outbox.kh", "warn"],
  ]);
  expect(found.every((one) => one.todo !== undefined)).toBe(true);
});
