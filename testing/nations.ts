// Several nodes in one process, on a real database, reached over real HTTP: the stage for stories between states.
import { rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { NodeCode } from "@simpul/model";
import type { Clock } from "@simpul/model";
import { openNode, serve, migrations } from "@simpul/server";
import type { Node, Serving, Settings } from "@simpul/server";
import { people, tellStory } from "@simpul/demo";
import pino from "pino";
import { closeAfter } from "./closing.ts";
import { copyDatabase, dropDatabase, testDatabase } from "./database.ts";

/** An officer of the story, signed in at her node by the exercise's one click. */
export interface Person {
  id: string;
  /** What her browser would send along. */
  cookie: string;
  /** Sends JSON to her node's interface; gives status and JSON (null for an empty answer). */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  /** The same, but anything other than success is thrown with its code. */
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** A clock that can be off. */
export class MovableClock implements Clock {
  offMs = 0;
  now(): Date {
    return new Date(Date.now() + this.offMs);
  }
}

export interface Nation {
  node: Node;
  /** The node's own. */
  clock: MovableClock;
  web: Serving;
  /** Off the net: neither pages nor other states reach it until it comes back, at the same node-to-node address. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  /** Signs in an officer by her short name in the story, e.g. `sari`. */
  as(key: string): Promise<Person>;
}

/** Brings up the nodes of the exercise by their codes; they close by themselves after the test file. */
export async function nations<const Code extends string>(...codes: Code[]): Promise<Record<Code, Nation>> {
  const made = await Promise.all(codes.map(async (code) => [code, await nation(code)] as const));
  const cards = made.map(([, { node }]) => node.peering.card());
  // As if on one day: whoever is introduced later refuses the first letters of those who were sooner.
  await Promise.all(
    made.map(async ([, { node }]) => {
      for (const card of cards) if (card.node !== node.code) await node.peering.introduce(card);
    }),
  );
  return Object.fromEntries(made) as Record<Code, Nation>;
}

/** A node of live work, knowing nobody; the click of the exercise is not there. */
export const liveNation = (code: string): Promise<Nation> => nation(code, false);

/** A node whose story is told, at rest: every nation of its code and kind begins as a copy of it. */
interface Told {
  home: string;
  databaseUrl: string;
}
/** Told once in each process, which runs many files (vitest.config.ts). */
const told = new Map<string, Promise<Told>>();

const settingsOf = (code: string, exercise: boolean, { home, databaseUrl }: Told): Settings => ({
  node: NodeCode.parse(code),
  name: people.find((one) => one.code === code)?.name ?? code,
  home,
  databaseUrl,
  backupUrl: null,
  host: "localhost",
  port: 0,
  peerPort: 0,
  peerHost: "localhost",
  peerAddress: null,
  publicAddress: null,
  metricsPort: null,
  translate: null,
  openPage: { exit: "https://exit.example/" },
  exercise,
  log: "warn",
});

const newHome = (code: string): Promise<string> => mkdtemp(path.join(os.tmpdir(), `simpul-${code}-`));

async function tell(code: string, exercise: boolean): Promise<Told> {
  const home = await newHome(code);
  process.on("exit", () => {
    rmSync(home, { recursive: true, force: true });
  });
  const { url } = await testDatabase(migrations);
  const at = { home, databaseUrl: url };
  const node = await openNode(settingsOf(code, exercise, at), {
    log: pino({ level: "silent" }),
    connections: 6,
  });
  await tellStory(node);
  await node.close();
  return at;
}

async function nation(code: string, exercise = true): Promise<Nation> {
  const kind = `${code} ${exercise ? "exercise" : "live"}`;
  const first = told.get(kind) ?? tell(code, exercise);
  told.set(kind, first);
  const [home, { url }] = [await newHome(code), await copyDatabase((await first).databaseUrl)];
  await cp((await first).home, home, { recursive: true });
  const settings = settingsOf(code, exercise, { home, databaseUrl: url });
  const clock = new MovableClock();
  const node = await openNode(settings, { log: pino({ level: "silent" }), connections: 6, clock });
  const made: Nation = {
    node,
    clock,
    web: await serve(node),
    as: (key) => signIn(made.web.address, key),
    async leave() {
      settings.peerPort = Number(node.peering.card().address.split(":").at(-1));
      await made.web.close();
    },
    async comeBack() {
      made.web = await serve(node);
    },
  };
  closeAfter(async () => {
    await made.web.close();
    await node.close();
    await dropDatabase(url);
    await rm(home, { recursive: true, force: true });
  });
  return made;
}

/** An officer of the story at any node of the exercise, by its address. */
export async function signIn(address: string, officer: string): Promise<Person> {
  const headers = { origin: address, "content-type": "application/json" };
  const answer = await fetch(`${address}/api/access/exercise/sign-in`, {
    method: "POST",
    headers,
    body: JSON.stringify({ officer }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  if (cookie === undefined)
    throw new Error(`${officer} could not sign in: ${answer.status} ${await answer.text()}`);

  const ask = async <Answer>(
    method: string,
    where: string,
    body?: unknown,
  ): Promise<{ status: number; body: Answer }> => {
    const got = await fetch(address + where, {
      method,
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await got.text();
    return { status: got.status, body: (text === "" ? null : JSON.parse(text)) as Answer };
  };
  const session = await ask<{ officer: { id: string } }>("GET", "/api/access/session");
  return {
    id: session.body.officer.id,
    cookie,
    ask,
    async must<Answer>(method: string, where: string, body?: unknown) {
      const got = await ask<Answer>(method, where, body);
      if (got.status >= 300) throw new Error(`${method} ${where}: ${got.status} ${JSON.stringify(got.body)}`);
      return got.body;
    },
  };
}
