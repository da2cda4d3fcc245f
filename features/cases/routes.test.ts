// The cases room through its HTTP door: what comes in is checked, what may not be known is "not found".
/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment -- answers are read as a
   stranger would read them */
import { api, refuse } from "@simpul/doors/http";
import type { Officer } from "@simpul/model";
import { beforeAll, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { casesRefusals } from "./contract.ts";
import { casesRoutes } from "./routes.ts";
import { as, casesRoom, newId, officers } from "./testing.ts";

const { sari, bayu, dewi } = officers;
let room: ReturnType<typeof casesRoom>;
beforeAll(async () => {
  room = casesRoom((await testStore()).store);
});

/** An answer as a stranger reads it: any shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what an answer holds is what the test asks about
type Said = any;

/** The door as the server mounts it, with a session of this officer. */
async function call(
  who: Officer,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; said: Said }> {
  const app = api();
  app.onError(
    refuse({ ...casesRefusals, NOT_AN_ID: 404 }, (fault) => {
      throw fault;
    }),
  );
  app.use(async (c, next) => {
    c.set("officer", who);
    c.set("standing", as(who) as never);
    c.set("reference", "r");
    await next();
  });
  app.route("/api/cases", casesRoutes(room));
  const answer = await app.request(`/api/cases${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await answer.text();
  return { status: answer.status, said: text === "" ? null : JSON.parse(text) };
}

test("a case from its opening to a settled quarrel, over HTTP", async () => {
  const opened = await call(sari, "POST", "", { title: "The Park", crimeType: "online-fraud" });
  expect(opened.status).toBe(201);
  const at = `/${opened.said.number}`;
  const added = await call(sari, "POST", `${at}/records/subject`, {
    fields: {
      role: "suspect",
      names: [{ text: "លឹម វុទ្ធី", language: "km", romanised: "Lim Vuthy", how: "ungegn" }],
    },
    evaluation: { source: "B", information: "2" },
  });
  expect(added).toMatchObject({ status: 201, said: { record: "subject", evaluation: { source: "B" } } });
  const subject = `${at}/records/subject/${added.said.id}`;
  const edit = (who: Officer, value: string) =>
    call(who, "PATCH", subject, { field: "birth", value, read: 1 });
  expect((await edit(sari, "1979")).said).toEqual({ kind: "stands", version: 2 });
  expect((await edit(bayu, "1981")).said).toEqual({ kind: "conflict", version: 3 });
  expect((await call(sari, "POST", `${subject}/settle`, { field: "birth", version: 3 })).status).toBe(204);
  expect((await call(sari, "GET", `${subject}/history`)).said.edits).toHaveLength(3);
  expect((await call(sari, "GET", `${at}/records?kinds=subject`)).said.records.subject).toMatchObject([
    { birth: "1981" },
  ]);
  expect((await call(sari, "GET", "/search?q=vuthy")).said.found).toMatchObject([{ kind: "subject" }]);
  expect((await call(sari, "DELETE", subject)).status).toBe(204);
  expect((await call(sari, "POST", `${subject}/restore`)).status).toBe(204);
  expect((await call(sari, "GET", `${at}/activity`)).said.activity.length).toBeGreaterThan(5);
});

test("what she may not know is not there, by every way of asking, and alike to what never was", async () => {
  const { said } = await call(sari, "POST", "", { title: "Senyap", crimeType: "online-fraud", covert: true });
  const asks = [
    ["GET", ""],
    ["GET", "/records"],
    ["GET", "/activity"],
    ["POST", "/team", { officer: bayu.id, role: "lead" }],
    ["POST", "/state", { state: "closed", reason: "charged" }],
    ["POST", "/records/note", { fields: { body: "x", language: "en" } }],
    ["PATCH", `/records/case/${said.id}`, { field: "covert", value: false, read: 1 }],
    ["DELETE", `/records/note/${newId()}`],
  ] as const;
  for (const [method, path, body] of asks)
    for (const who of [bayu, dewi]) {
      const hidden = await call(who, method, `/${said.number}${path}`, body);
      const absent = await call(who, method, `/ID-2031-999999${path}`, body);
      expect(hidden).toEqual(absent);
      expect(hidden.status).toBe(404);
    }
});

test.each([
  ["POST", "", { crimeType: "online-fraud" }, 422],
  ["POST", "", { title: "x", crimeType: "x".repeat(70) }, 422],
  ["GET", "/not-a-number", undefined, 422],
  ["GET", "?cursor=yesterday_x", undefined, 422],
  ["GET", "?limit=100000", undefined, 422],
] as const)("%s %s %j is refused", async (method, path, body, status) => {
  expect((await call(sari, method, path, body)).status).toBe(status);
});
