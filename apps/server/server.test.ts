// A node as a browser and a stranger meet it: sessions, headers, refusals, other origins.
import { nations } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { Nation } from "@simpul/testing";
import { readSettings } from "./env.ts";

let id: Nation;
let kh: Nation;
beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
});

test("nobody reaches anything without a session, and is told how the node is called", async () => {
  const health = await fetch(`${id.web.address}/healthz`);
  expect(await health.json()).toEqual({ node: "id", exercise: true, status: "alive" });
  const cases = await fetch(`${id.web.address}/api/cases`);
  expect(cases.status).toBe(401);
  expect(await cases.json()).toMatchObject({ error: { code: "NO_SESSION" } });
});

test("a session at one state's node opens nothing at another's", async () => {
  const sari = await id.as("sari");
  expect((await sari.ask("GET", "/api/cases")).status).toBe(200);
  const elsewhere = await fetch(`${kh.web.address}/api/cases`, {
    headers: { cookie: sari.cookie.replace("simpul_id", "simpul_kh") },
  });
  expect(elsewhere.status).toBe(401);
});

test("a foreign page cannot act in an officer's name", async () => {
  const sari = await id.as("sari");
  for (const origin of ["https://evil.example", "http://localhost:1", "null"]) {
    const answer = await fetch(`${id.web.address}/api/access/session`, {
      method: "PATCH",
      headers: { cookie: sari.cookie, origin, "content-type": "application/json" },
      body: "{}",
    });
    expect(answer.status).toBe(403);
  }
});

test("every answer carries a policy under which nothing foreign and nothing inline runs", async () => {
  for (const path of ["/", "/cases/ID-2031-000001", "/api/cases", "/assets/none.js"]) {
    const answer = await fetch(id.web.address + path);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-reference")).toMatch(/^[\w-]{10}$/);
  }
});

test("what does not exist and what may not be known answer alike", async () => {
  const sari = await id.as("sari");
  const none = await sari.ask("GET", "/api/cases/ID-2031-999999");
  const nowhere = await sari.ask("GET", "/api/nothing-here");
  expect([none.status, nowhere.status]).toEqual([404, 404]);
  expect(none.body).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("paths that try to leave the folder of the pages get the app's page or nothing", async () => {
  for (const path of [
    "/..%2f..%2fpackage.json",
    "/%2e%2e/package.json",
    "/assets/..%2f..%2f..%2fpackage.json",
  ]) {
    const answer = await fetch(id.web.address + path);
    expect(await answer.text()).not.toContain('"workspaces"');
  }
});

test("a case names its officers and desks", async () => {
  const rina = await id.as("rina");
  const { cases } = await rina.must<{ cases: { number: string }[] }>("GET", "/api/cases");
  const view = await rina.must<{ openedBy: string; names: { officers: Record<string, { name: string }> } }>(
    "GET",
    `/api/cases/${cases[0]!.number}`,
  );
  expect(view.names.officers[view.openedBy]).toMatchObject({ name: "Rina Kartika" });
});

test("what a line may carry is read from the settings, and refused by name where it says nothing usable", () => {
  const limits = (text: string) => readSettings({ SIMPUL_NODE: "id", SIMPUL_PEER_LIMITS: text }).peerLimits;
  expect([...limits("mm=64,la=128")!]).toEqual([
    ["mm", 64],
    ["la", 128],
  ]);
  for (const wrong of ["mm", "mm=8", "mm=64;la=128", "Myanmar=64", ""])
    expect(() => limits(wrong)).toThrow("SIMPUL_PEER_LIMITS");
});
