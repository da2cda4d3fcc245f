// The page's way to its own node: JSON, refusals with a code and a reference, step-up when the node asks for it.
import { watched } from "./connection.ts";

export interface FieldRefusal {
  path: string;
  code: string;
}

/** The node said no, or could not be reached (`NO_CONNECTION`, status 0). */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** What the officer quotes when she asks for help; empty when no answer came. */
  readonly reference: string;
  readonly fields: readonly FieldRefusal[];
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  constructor(
    status: number,
    code: string,
    more: {
      reference?: string;
      fields?: readonly FieldRefusal[];
      facts?: Record<string, string | number | boolean | null>;
    } = {},
  ) {
    super(code);
    this.name = "Refused";
    this.status = status;
    this.code = code;
    this.reference = more.reference ?? "";
    this.fields = more.fields ?? [];
    this.facts = more.facts ?? {};
  }
}

type QueryValue = string | number | boolean | null | undefined;
export interface AskOptions {
  /** Values that are null, undefined or empty are left out; lists repeat the name. */
  query?: Readonly<Record<string, QueryValue | readonly string[]>>;
  signal?: AbortSignal | undefined;
  headers?: Readonly<Record<string, string>>;
}

/** Asks for a fresh proof of who sits here, or for a colleague's word; true when it was given. */
export type StepUp = (refused: Refused) => Promise<boolean>;
let stepUp: StepUp | null = null;
let sessionLost: (() => void) | null = null;

/** Set once by the app: how a step-up is asked for, and what happens when the session has ended. */
export function connectApi(to: { stepUp: StepUp; sessionLost: () => void }): void {
  stepUp = to.stepUp;
  sessionLost = to.sessionLost;
}

/** The address of an act of the node, with its query. */
export function address(path: string, query: AskOptions["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value as QueryValue])
      if (one !== null && one !== undefined && one !== "") search.append(name, String(one));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function refusal(answer: Response): Promise<Refused> {
  const said = (await answer.json().catch(() => null)) as {
    error?: { code?: string; reference?: string; fields?: FieldRefusal[]; facts?: Refused["facts"] };
  } | null;
  const { code, ...more } = said?.error ?? {};
  // Something between us and the node answered, e.g. a proxy: its own words mean nothing to an officer.
  return new Refused(answer.status, code ?? (answer.status >= 500 ? "NODE_AWAY" : "FAULT"), {
    reference: answer.headers.get("x-reference") ?? "",
    ...more,
  });
}

async function call(method: string, path: string, body: unknown, options: AskOptions): Promise<Response> {
  const raw = body instanceof Blob || body instanceof FormData || typeof body === "string";
  const headers: Record<string, string> = { accept: "application/json", ...options.headers };
  // A header that no foreign form can set; the node checks the origin besides.
  if (method !== "GET") headers["x-simpul"] = "page";
  if (body !== undefined && !raw) headers["content-type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) init.body = raw ? body : JSON.stringify(body);
  if (options.signal) init.signal = options.signal;
  try {
    return await watched(() => fetch(address(path, options.query), init));
  } catch (fault) {
    if (fault instanceof TypeError) throw new Refused(0, "NO_CONNECTION");
    throw fault;
  }
}

async function ask(method: string, path: string, body: unknown, options: AskOptions = {}): Promise<Response> {
  let answer = await call(method, path, body, options);
  if (answer.ok) return answer;
  let no = await refusal(answer);
  // A colleague's word is asked for in the same way, and is never there at once.
  if (["STEP_UP", "SECOND_WORD"].includes(no.code) && stepUp !== null && (await stepUp(no))) {
    answer = await call(method, path, body, options);
    if (answer.ok) return answer;
    no = await refusal(answer);
  }
  if (no.status === 401 && no.code === "NO_SESSION") sessionLost?.();
  throw no;
}

async function read(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  return (answer.headers.get("content-type") ?? "").includes("json") ? answer.json() : answer.text();
}

/** Every method throws `Refused`; paths begin with `/api/`. */
export const api = {
  get: async <T>(path: string, options?: AskOptions): Promise<T> =>
    (await read(await ask("GET", path, undefined, options))) as T,
  post: async <T = void>(path: string, body?: unknown, options?: AskOptions): Promise<T> =>
    (await read(await ask("POST", path, body, options))) as T,
  put: async <T = void>(path: string, body?: unknown, options?: AskOptions): Promise<T> =>
    (await read(await ask("PUT", path, body, options))) as T,
  patch: async <T = void>(path: string, body?: unknown, options?: AskOptions): Promise<T> =>
    (await read(await ask("PATCH", path, body, options))) as T,
  delete: async <T = void>(path: string, body?: unknown, options?: AskOptions): Promise<T> =>
    (await read(await ask("DELETE", path, body, options))) as T,
  /** The answer as bytes, e.g. for a file to save; with a body it is asked for by POST. */
  blob: async (path: string, options?: AskOptions, body?: unknown): Promise<Blob> =>
    (await ask(body === undefined ? "GET" : "POST", path, body, options)).blob(),
};

/** Whether asking again may help: the line or the node was away, not a refusal. */
export const worthRetrying = (fault: unknown): boolean =>
  fault instanceof Refused && (fault.status === 0 || [502, 503, 504].includes(fault.status));
