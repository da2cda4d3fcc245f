// Attacks on the session and on the wire: a stolen cookie, another door, a page from elsewhere, bytes that are no request.
import { connect } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { letOfficerGo } from "../../features/access/people.ts";
import { webApp } from "../../apps/server/app.ts";
import { accessNode } from "../../apps/server/access.ts";
import { features } from "../../apps/server/features.ts";
import type { Id } from "@simpul/model";
import { stage, type Player, type Stage } from "./stage.ts";
import { beginUpload } from "./take-in.ts";

let at: Stage;
beforeAll(async () => {
  at = await stage();
}, 120_000);

const json = { "content-type": "application/json" };
const looks = async (who: Player | null, headers: Record<string, string> = {}): Promise<number> =>
  (await at.ask(who, "GET", "/api/cases", undefined, headers)).status;

test("the cookie is out of reach of scripts and of other sites, and is nothing at another door", async () => {
  const answer = await at.ask(
    null,
    "POST",
    "/api/access/exercise/sign-in",
    JSON.stringify({ officer: "sari" }),
    json,
  );
  const cookie = answer.headers.getSetCookie()[0]!;
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Strict/i);
  expect(cookie).toMatch(/Path=\//i);
  const token = /=([^;]+)/.exec(cookie)![1]!;
  expect(await looks(null, { cookie: `simpul_id=${token}` })).toBe(200);
  // A browser's token is no bearer token, and half of it is nothing.
  expect(await looks(null, { authorization: `Bearer ${token}` })).toBe(401);
  expect(await looks(null, { cookie: `simpul_id=${token.slice(0, -1)}` })).toBe(401);
  expect(await looks(null, { cookie: `simpul_kh=${token}` })).toBe(401);
});

test("behind https the cookie belongs to this host alone, and the browser is told to come by https only", async () => {
  const address = "https://simpul.example";
  const app = webApp(at.nation.node, address, features(at.nation.node, address));
  const answer = await app.fetch(
    new Request(`${address}/api/access/exercise/sign-in`, {
      method: "POST",
      body: JSON.stringify({ officer: "sari" }),
      headers: { ...json, origin: address },
    }),
  );
  const cookie = answer.headers.getSetCookie()[0]!;
  expect(cookie).toMatch(/^__Host-simpul_id=/);
  expect(cookie).toMatch(/Secure/);
  expect(cookie).not.toMatch(/Domain/i);
  expect(answer.headers.get("strict-transport-security")).toMatch(/max-age=\d{8}; includeSubDomains/);
  const session = new Request(`${address}/api/access/session`, {
    headers: { cookie: cookie.split(";")[0]! },
  });
  expect((await app.fetch(session)).status).toBe(200);
});

test("a session that was signed out, or ended from elsewhere, opens nothing any more", async () => {
  const [one, other] = [await at.signIn("sari"), await at.signIn("sari")];
  const { id } = await at.must<{ id: string }>(one, "GET", "/api/access/session");
  await at.must(other, "DELETE", `/api/access/sessions/${id}`);
  expect(await looks(one)).toBe(401);
  await at.must(other, "DELETE", "/api/access/session");
  expect(await looks(other)).toBe(401);
});

test("who leaves is out at once: her next request, and the stream she had open", async () => {
  const yusuf = await at.signIn("yusuf");
  const { officer } = await at.must<{ officer: { id: Id } }>(yusuf, "GET", "/api/access/session");
  const stream = await at.app.fetch(
    new Request(`${at.address}/api/live`, { headers: { cookie: yusuf.cookie!, origin: at.address } }),
  );
  let heard = "";
  const ended = (async () => {
    for await (const piece of stream.body!.pipeThrough(new TextDecoderStream())) heard += piece;
  })();
  const system = { actor: { kind: "job", name: "attack" }, purpose: "administration" } as const;
  await letOfficerGo(accessNode(at.nation.node, at.address), system, officer.id);
  expect(await looks(yusuf)).toBe(401);
  // Something is told to her by name: the stream finds that nobody is there to hear it.
  at.nation.node.store.wakes.wake(`officer:${officer.id}`);
  await ended;
  expect(heard).not.toContain(officer.id);
});

test("who leaves is out at every other door too: her command line, her upload half way, her checks", async () => {
  const body = JSON.stringify({ officer: "rina", door: "cli" });
  const given = await at.ask(null, "POST", "/api/access/exercise/sign-in", body, json);
  const { token } = JSON.parse(given.text) as { token: string };
  const bearer = { authorization: `Bearer ${token}` };
  const rina = await at.signIn("rina");
  const { officer } = await at.must<{ officer: { id: Id } }>(rina, "GET", "/api/access/session");
  expect(await looks(null, bearer)).toBe(200);
  const { number } = await at.must<{ number: string }>(rina, "POST", "/api/cases", {
    title: "LATIHAN",
    crimeType: "online-fraud",
  });
  const item = await beginUpload(at, rina, { name: "LATIHAN.txt", text: "LATIHAN satu dua tiga" });
  const piece = { "tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream" };
  const goesOn = (offset: number, text: string): Promise<{ status: number }> =>
    at.ask(rina, "PATCH", `/api/evidence/upload/${item}`, text, {
      ...piece,
      "upload-offset": String(offset),
    });
  expect((await goesOn(0, "LATIHAN ")).status).toBe(204);

  const system = { actor: { kind: "job", name: "attack" }, purpose: "administration" } as const;
  await letOfficerGo(accessNode(at.nation.node, at.address), system, officer.id);
  expect(await looks(null, bearer)).toBe(401);
  expect((await goesOn(8, "satu dua tiga")).status).toBe(401);
  const check = { case: number, selectors: [item], states: ["kh"], offence: "x", legalBasis: "y" };
  expect((await at.ask(rina, "POST", "/api/checks", JSON.stringify(check), json)).status).toBe(401);
  for (const path of [`/api/cases/${number}`, `/api/why/${number}`, "/api/live", "/api/inbox"])
    expect((await at.ask(rina, "GET", path)).status, path).toBe(401);
  expect((await at.signIn("rina")).cookie).toBeNull();
});

test("a page from elsewhere changes nothing, whatever it calls its bytes", async () => {
  const sari = await at.signIn("sari");
  const body = JSON.stringify({ title: "LATIHAN", crimeType: "online-fraud" });
  for (const origin of [
    "https://evil.example",
    "null",
    "http://localhost:7411",
    `${at.address}.evil.example`,
  ])
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { origin, "content-type": type };
      expect((await at.ask(sari, "POST", "/api/cases", body, headers)).status).toBe(403);
    }
  // Without an origin at all it is no page of ours either.
  const bare = new Request(`${at.address}/api/cases`, {
    method: "POST",
    body,
    headers: { cookie: sari.cookie!, ...json },
  });
  expect((await at.app.fetch(bare)).status).toBe(403);
  // A method in disguise stays what it is.
  const disguised = await at.ask(sari, "GET", "/api/access/session", undefined, {
    "x-http-method-override": "DELETE",
  });
  expect(disguised.status).toBe(200);
  expect(await looks(sari)).toBe(200);
});

/** Bytes on the wire, and what comes back, as text. */
function raw(text: string): Promise<string> {
  const { port } = new URL(at.nation.web.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "localhost", () => socket.write(text, "latin1"));
    let got = "";
    socket.on("data", (piece) => (got += piece.toString("latin1")));
    socket.on("close", () => resolve(got));
    socket.on("error", reject);
    // What keeps the line open has answered by then.
    socket.setTimeout(1500, () => socket.destroy());
  });
}

test("headers cannot be put into an answer, and two requests do not hide in one", async () => {
  const host = `Host: localhost:${new URL(at.nation.web.address).port}`;
  const split = await raw(
    `GET /cases%0d%0aset-cookie:%20x=1 HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
  );
  expect(split).toMatch(/^HTTP\/1\.1 /);
  expect(split).not.toMatch(/^set-cookie: x=1/im);
  const foreign = await raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  expect(foreign).not.toContain("evil.example");
  const smuggled = await raw(
    `POST /api/cases HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/cases HTTP/1.1\r\n${host}\r\n\r\n`,
  );
  expect(smuggled.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
  const large = await raw(`GET / HTTP/1.1\r\n${host}\r\nX-Much: ${"x".repeat(70_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1\.1 431/);
  for (const odd of [
    "\0\0\0\0",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    `BREW / HTTP/1.1\r\n${host}\r\n\r\n`,
  ])
    expect(await raw(odd)).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
  expect((await fetch(`${at.nation.web.address}/healthz`)).status).toBe(200);
});
