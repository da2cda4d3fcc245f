// The command line against a node that listens: in by a click of the exercise or by an approved code, and out again.
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { api } from "@simpul/doors/http";
import { typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { devicesCommand, signInCommand, signOutCommand, whoamiCommand } from "./command.ts";
import { answerDevice } from "./device-sign-in.ts";
import { signInAs } from "./exercise.ts";
import type { AccessNode } from "./node.ts";
import { accessRoutes } from "./routes.ts";
import { resolveSession } from "./sessions.ts";
import { accessRoom, HandClock, officerAt } from "./testing.ts";

const clock = new HandClock();
let node: AccessNode;
let address: string;
let home: string;
let server: ReturnType<typeof createAdaptorServer>;
beforeAll(async () => {
  node = accessRoom((await testStore({ clock })).store, clock, true);
  await officerAt(node, { number: "sari", name: "Sari", roles: ["investigator"] });
  const app = api().route("/api/access", accessRoutes(node, { cookie: "simpul_id", secure: false }));
  server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen({ host: "localhost", port: 0 }, resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
});
afterAll(async () => {
  server.close();
  await rm(home, { recursive: true });
});

test("in the exercise a command signs in at once; its profile is for this account alone", async () => {
  expect((await typed(signInCommand, ["--node", address, "--as", "sari"])).text).toBe("Sari\n");
  const file = path.join(home, "profile.json");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ address, officer: { name: "Sari" } });
  expect(JSON.parse((await typed(whoamiCommand, ["--json"])).text)).toMatchObject({
    officer: { number: "sari" },
  });
  expect((await typed(devicesCommand, [])).text).toMatch(/ cli /);
  expect((await typed(signOutCommand, [])).text).toBe("Sari is signed out\n");
  await expect(stat(file)).rejects.toThrow("ENOENT");
});

test("elsewhere she types the code that it shows, and the command goes on by itself", async () => {
  const started = await signInAs(node, { officer: "sari", door: "browser", from: "test" });
  const acting = (await resolveSession(node, { cookie: started.token, bearer: null }))!;
  const approvals: Promise<void>[] = [];
  const { text: name } = await typed(signInCommand, ["--node", address], (line) => {
    const code = /type: (\S+)/.exec(line)?.[1];
    if (code !== undefined) approvals.push(answerDevice(node, acting, { code, approve: true }));
  });
  await Promise.all(approvals);
  expect(approvals).toHaveLength(1);
  expect(name).toBe("Sari\n");
});
