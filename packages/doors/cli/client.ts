// How a command talks to its node: the same interface that the pages use, in the name of the signed-in officer.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { SimpulError } from "@simpul/model";

export type ClientCode = "NOT_SIGNED_IN" | "NODE_SILENT" | "NODE_FAULT" | "REFUSED" | "UNUSABLE";

/** Counts, codes and ids that come with a refusal. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What stops a command. `REFUSED`: the node's own no, by its code. The others say that there is no answer: nobody is
 * signed in, the node is silent or at fault, a file or the call cannot be used.
 */
export class ClientError extends SimpulError<ClientCode> {
  /** The node's code for `REFUSED`, e.g. `NOT_FOUND`. */
  readonly refusal: string | null;
  /** What the node tells with its code, e.g. whose permission is missing. */
  readonly facts: Facts;
  constructor(
    code: ClientCode,
    detail: string,
    refusal: string | null = null,
    cause?: unknown,
    facts: Facts = {},
  ) {
    super(code, detail, cause);
    this.refusal = refusal;
    this.facts = facts;
  }
}

/** Who is signed in on this account, kept in a file that only the account reads. */
export interface Profile {
  /** The node's address, e.g. `http://localhost:7410`. */
  address: string;
  token: string;
  officer: { id: string; name: string };
  /** Device id and PKCS8 key (base64) of this computer. */
  device: { id: string; key: string } | null;
}

/** Where profiles lie: `SIMPUL_CLI_HOME`, else the XDG configuration folder. */
export function profileFile(env: NodeJS.ProcessEnv): string {
  const xdg = env["XDG_CONFIG_HOME"] ?? path.join(os.homedir(), ".config");
  return path.join(env["SIMPUL_CLI_HOME"] ?? path.join(xdg, "simpul"), "profile.json");
}

/** Returns null when nobody is signed in on this account. */
export async function readProfile(env: NodeJS.ProcessEnv): Promise<Profile | null> {
  const text = await readFile(profileFile(env), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Profile);
}

/** Keeps the profile whole or not at all, readable by this account alone. */
export async function keepProfile(env: NodeJS.ProcessEnv, profile: Profile): Promise<void> {
  const file = profileFile(env);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(profile, null, 2), { mode: 0o600 });
  await rename(fresh, file);
}

export async function forgetProfile(env: NodeJS.ProcessEnv): Promise<void> {
  await rm(profileFile(env), { force: true });
}

export interface Client {
  readonly profile: Profile;
  /** Sends JSON and gives JSON; throws `REFUSED` with the node's own code, `NODE_SILENT` when it does not answer. */
  call<Answer>(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<Answer>;
  /** The raw answer, for streams and uploads; refusals are not turned into errors here. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** A client in the name of the signed-in officer; throws `NOT_SIGNED_IN` with what to type. */
export async function client(env: NodeJS.ProcessEnv = process.env): Promise<Client> {
  const profile = await readProfile(env);
  if (profile === null) throw new ClientError("NOT_SIGNED_IN", "run: simpul sign-in --node ADDRESS");
  return clientFor(profile);
}

export function clientFor(profile: Profile): Client {
  const ask = async (where: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${profile.token}`);
    const once = (): Promise<Response> => fetch(new URL(where, profile.address), { ...init, headers });
    // A kept line that the node closed meanwhile says nothing about the node; what only looks may ask again.
    const looks = init.method === undefined || init.method === "GET" || init.method === "HEAD";
    const answer = looks ? once().catch(once) : once();
    return answer.catch((cause: unknown) => {
      const says = `${profile.address} does not answer; look whether the node runs and the line is up`;
      throw new ClientError("NODE_SILENT", says, null, cause);
    });
  };
  return {
    profile,
    fetch: ask,
    async call<Answer>(method: string, where: string, body?: unknown): Promise<Answer> {
      const init =
        body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      const answer = await ask(where, { method, ...init });
      if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as Answer;
      throw await refusalOf(answer);
    },
  };
}

interface Told {
  code: string;
  reference: string;
  facts?: Facts;
  fields?: { path: string; code: string }[];
}

/** What a call that was not even read, or one of nobody, becomes; null for a refusal of the act itself. */
function unanswered(answer: Response, { code }: Told): ClientCode | null {
  if (answer.status === 401) return "NOT_SIGNED_IN";
  if (code === "BAD_INPUT" || answer.status === 400) return "UNUSABLE";
  return code === "FAULT" ? "NODE_FAULT" : null;
}

/** Turns a node's refusal into an error with its code, its facts and fields, and the reference to quote. */
export async function refusalOf(answer: Response): Promise<ClientError> {
  const text = await answer.text();
  try {
    const { error } = JSON.parse(text) as { error: Told };
    const facts = Object.entries(error.facts ?? {}).map(([name, value]) => ` ${name}=${String(value)}`);
    const fields = (error.fields ?? []).map((field) => ` ${field.path}: ${field.code}`).join(";");
    const says = `${error.code}${facts.join("")}${fields} (reference ${error.reference})`;
    const none = unanswered(answer, error);
    if (none === "NOT_SIGNED_IN")
      return new ClientError(none, `${says}; run: simpul sign-in --node ${new URL(answer.url).origin}`);
    const named = (error.fields ?? []).map((field) => field.path).filter((field) => field !== "");
    const told = named.length === 0 ? error.facts : { ...error.facts, fields: named.join(", ") };
    return new ClientError(none ?? "REFUSED", says, error.code, undefined, told);
  } catch {
    return new ClientError("NODE_FAULT", `${answer.status} ${answer.statusText}`);
  }
}
