// The stage of the attacks: one node with its people, reached without a socket, and things that nobody of them may know.
import type { Env, OpenAPIHono } from "../../packages/doors/http/index.ts";
import { nations, type Nation } from "../nations.ts";
import { webApp } from "../../apps/server/app.ts";
import { features } from "../../apps/server/features.ts";
import { describe as documentOf } from "../../apps/server/openapi.ts";
import { operationsOf, undescribed, type Operation } from "./interface.ts";
import { takeIn } from "./take-in.ts";

/** Whoever attacks: an officer with her cookie, or nobody. */
export interface Player {
  key: string;
  cookie: string | null;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Stage {
  nation: Nation;
  address: string;
  app: OpenAPIHono<Env>;
  operations: readonly Operation[];
  /** Signs in anew; the cookie of an officer who may no longer sign in is null. */
  signIn(key: string): Promise<Player>;
  ask(
    who: Player | null,
    method: string,
    path: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** The same with JSON, for setting the stage: throws unless it succeeds. */
  must<T>(who: Player, method: string, path: string, body?: unknown): Promise<T>;
}

const answerOf = (answer: Response): Promise<Answer> =>
  answer.text().then((text) => ({ status: answer.status, headers: answer.headers, text }));

/** Indonesia's node, for itself or beside others. */
export async function stage(given?: Nation): Promise<Stage> {
  const nation = given ?? (await nations("id")).id;
  const address = "http://localhost:7410";
  const app = webApp(nation.node, address, features(nation.node, address));
  const operations = [...operationsOf(documentOf(app, nation.node)), ...undescribed];

  const ask: Stage["ask"] = (who, method, path, body, more) => {
    const headers = new Headers({ origin: address });
    if (typeof who?.cookie === "string") headers.set("cookie", who.cookie);
    for (const [name, value] of Object.entries(more ?? {})) headers.set(name, value);
    const url = path.startsWith("http") ? path : address + path;
    const request = new Request(url, { method, headers, body: body ?? null });
    return Promise.resolve(app.fetch(request)).then(answerOf);
  };
  return {
    nation,
    address,
    app,
    operations,
    ask,
    async signIn(key) {
      const json = { "content-type": "application/json" };
      const answer = await ask(
        null,
        "POST",
        "/api/access/exercise/sign-in",
        JSON.stringify({ officer: key }),
        json,
      );
      return { key, cookie: answer.headers.getSetCookie()[0]?.split(";")[0] ?? null };
    },
    async must<T>(who: Player, method: string, path: string, body?: unknown) {
      const json = { "content-type": "application/json" };
      const answer = await ask(
        who,
        method,
        path,
        body === undefined ? undefined : JSON.stringify(body),
        json,
      );
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return (answer.text === "" ? null : JSON.parse(answer.text)) as T;
    },
  };
}

/** Words that stand nowhere but in what is hidden. */
export const canaries = {
  title: "Kenanga Hitam",
  summary: "burung kedasih malam",
  name: "Zulaikha Mangkubumi",
  place: "Gudang Tirtamaya",
  note: "sandi melati tujuh",
  phone: "+6285500990099",
  file: "rekaman-dermaga-sembilan",
} as const;

/** What was made at the node: ids an insider knows, or an attacker heard of. */
export interface Made {
  id: string;
  number: string;
  records: string[];
  item: string;
}

interface Told {
  by: string;
  covert: boolean;
  title: string;
  summary: string;
  name: string;
  place: string;
  note: string;
  phone: string;
  file: string;
}

/** A case with one of each, in an officer's name. */
export async function tell(at: Stage, told: Told): Promise<Made> {
  const who = await at.signIn(told.by);
  const opened = await at.must<{ id: string; number: string }>(who, "POST", "/api/cases", {
    title: told.title,
    crimeType: "trafficking-forced-criminality",
    covert: told.covert,
    summary: told.summary,
    summaryLanguage: "id",
  });
  const records: string[] = [];
  const add = async (kind: string, fields: unknown): Promise<void> => {
    const path = `/api/cases/${opened.number}/records/${kind}`;
    records.push((await at.must<{ id: string }>(who, "POST", path, { fields })).id);
  };
  const named = (text: string): unknown[] => [{ text, language: "id" }];
  await add("subject", { kind: "person", role: "suspect", names: named(told.name) });
  await add("selector", { type: "phone", written: told.phone, role: "suspect" });
  await add("place", { names: named(told.place), kind: "site", country: "KH" });
  await add("note", { body: told.note, language: "id" });
  const file = { name: `${told.file}.txt`, text: `LATIHAN ${told.phone} ${told.note}\n`, case: opened.id };
  return { ...opened, records, item: await takeIn(at, who, file) };
}

/** A covert case of the police desk, known to Rina alone. */
export const hide = (at: Stage): Promise<Made> => tell(at, { by: "rina", covert: true, ...canaries });

/** An ordinary case of the cyber desk, led by Sari. */
export const live = (at: Stage): Promise<Made> =>
  tell(at, {
    by: "sari",
    covert: false,
    title: "LATIHAN: tawaran kerja palsu",
    summary: "LATIHAN",
    name: "Kak Melly",
    place: "Taman Morokot",
    note: "LATIHAN catatan",
    phone: "+62 854-0000-1702",
    file: "obrolan",
  });
