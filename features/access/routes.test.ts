// Access through its HTTP door: cookies, what stands open, what needs a session, how refusals answer.
import { api, refuse } from "@simpul/doors/http";
import { deniedRefusals } from "@simpul/policy";
import { beforeAll, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { accessRefusals, type ExerciseOfficer, type SessionView } from "./contract.ts";
import type { AccessNode } from "./node.ts";
import { inviteOfficer } from "./people.ts";
import { accessRoutes } from "./routes.ts";
import { accessRoom, HandClock, job, officerAt, SoftPasskey } from "./testing.ts";

const clock = new HandClock();
let node: AccessNode;
beforeAll(async () => {
  node = accessRoom((await testStore({ clock })).store, clock, true);
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const app = api();
  app.onError(
    refuse({ ...accessRefusals, ...deniedRefusals }, (fault) => {
      throw fault;
    }),
  );
  app.route("/api/access", accessRoutes(node, { cookie: "simpul_id", secure: false }));
  const answer = await app.request(`/api/access${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const cookie = answer.headers.get("set-cookie");
  return { status: answer.status, said: text === "" ? null : (JSON.parse(text) as unknown), cookie };
}
const kept = (cookie: string | null) => ({ cookie: cookie!.split(";")[0]! });

test("a passkey opens a session whose cookie no script and no other site can use", async () => {
  const sari = await officerAt(node, { number: "S-1", name: "Sari", roles: ["investigator"] });
  const { code } = await inviteOfficer(node, job, sari.officer);
  const passkey = new SoftPasskey();
  const asked = (await call("POST", "/enrol/begin", { code })).said as {
    id: string;
    options: { challenge: string };
  };
  const answer = { id: asked.id, name: "Phone", response: passkey.create(asked.options) };
  const enrolled = await call("POST", "/enrol/finish", answer);
  expect(enrolled.status).toBe(204);
  expect(enrolled.cookie).toMatch(/^simpul_id=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);

  const again = (await call("POST", "/sign-in/begin")).said as typeof asked;
  const signedIn = await call("POST", "/sign-in/finish", {
    id: again.id,
    response: passkey.get(again.options),
  });
  const session = await call("GET", "/session", undefined, kept(signedIn.cookie));
  expect(session.said as SessionView).toMatchObject({
    officer: { name: "Sari" },
    node: { code: "id", exercise: true },
  });

  const changed = await call("PATCH", "/session", { purpose: "prosecution" }, kept(signedIn.cookie));
  expect((changed.said as SessionView).purpose).toBe("prosecution");
  // ASVS 7.5.2: she ends one elsewhere only with her passkey at hand, not by a page that was left open.
  type Own = { sessions: { id: string; here: boolean }[] };
  const own = (await call("GET", "/belongings", undefined, kept(signedIn.cookie))).said as Own;
  const elsewhere = own.sessions.find((one) => !one.here)!.id;
  clock.forward(16 * 60_000);
  const ended = () => call("DELETE", `/sessions/${elsewhere}`, undefined, kept(signedIn.cookie));
  expect(await ended()).toMatchObject({ status: 403, said: { error: { code: "STEP_UP" } } });
  clock.forward(-16 * 60_000);
  expect((await ended()).status).toBe(204);
  const out = await call("DELETE", "/session", undefined, kept(signedIn.cookie));
  expect(out).toMatchObject({ status: 200, said: { provider: null } });
  expect(out.cookie).toMatch(/^simpul_id=; Max-Age=0/);
  expect((await call("GET", "/session", undefined, kept(signedIn.cookie))).status).toBe(401);
});

test("without a session only signing in answers", async () => {
  const closed = ["/session", "/belongings", "/colleagues", "/desks"];
  for (const path of closed)
    expect(await call("GET", path)).toMatchObject({ status: 401, said: { error: { code: "NO_SESSION" } } });
  expect((await call("POST", "/agencies", { name: "A", kind: "police" })).status).toBe(401);
  expect((await call("GET", "/door")).said).toEqual({
    ...{ code: "id", name: "Indonesia", exercise: true, provider: null },
    providerProves: false,
  });
});

test("what does not fit is named field by field, before anything is looked at", async () => {
  const odd = [
    ["/sign-in/finish", { id: "7", response: {} }, "id"],
    ["/enrol/begin", { code: "x".repeat(41) }, "code"],
    ["/device-sign-in", { name: "laptop", publicKey: "short" }, "publicKey"],
    ["/exercise/sign-in", { officer: "" }, "officer"],
  ] as const;
  for (const [path, body, field] of odd) {
    const { status, said } = await call("POST", path, body);
    expect(status).toBe(422);
    const { fields } = (said as { error: { fields: { path: string }[] } }).error;
    expect(fields.map((one) => one.path)).toContain(field);
  }
});

test("in the exercise a click signs in, a command line gets its token in the body, and step-up says what it is for", async () => {
  await officerAt(node, { number: "tono", name: "Tono", roles: ["administrator"] });
  const officers = (await call("GET", "/exercise/officers")).said as ExerciseOfficer[];
  expect(officers.map((one) => one.number)).toContain("tono");
  const { said } = await call("POST", "/exercise/sign-in", { officer: "tono", door: "cli" });
  const bearer = { authorization: `Bearer ${(said as { token: string }).token}` };
  const agency = { name: "Polda", kind: "police" };
  const first = await call("POST", "/agencies", agency, bearer);
  expect(first).toMatchObject({
    status: 403,
    said: { error: { code: "STEP_UP", facts: { act: "access.manage", record: "id" } } },
  });
  const proven = await call("POST", "/step-up/exercise", { act: "access.manage", record: "id" }, bearer);
  expect(proven.status).toBe(204);
  expect((await call("POST", "/agencies", agency, bearer)).status).toBe(201);
  const unknown = await call("POST", "/step-up/exercise", { act: "case.view", record: "id" }, bearer);
  expect(unknown.status).toBe(404);
});
