// A LibreTranslate-compatible service, asked by its address: one text at a time, with limits on size and time.
import { z } from "zod";
import { RequestsError, type Translator } from "./contract.ts";

export interface TranslatorSettings {
  url: string;
  /** Sent with each call where the service asks for one; null: none. */
  key: string | null;
  /** This state runs it itself. */
  own: boolean;
}

const Answer = z.object({ translatedText: z.string().min(1).max(16_000) });
const Languages = z
  .array(z.object({ code: z.string().max(35), targets: z.array(z.string().max(35)).optional() }))
  .max(500);
const patience = 30_000;
const mostBytes = 262_144;

// Its codes for languages that the region writes otherwise.
const theirs: Readonly<Record<string, string>> = { fil: "tl", zh: "zh" };
const codeOf = (language: string): string => theirs[language] ?? language.split("-")[0]!;

/** On this very machine nothing leaves the house, whoever wrote the service. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

async function ask(url: URL, init: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    // Elsewhere than told is nowhere: a redirect could lead anything to anybody.
    answer = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(patience) });
  } catch {
    throw new RequestsError("NO_TRANSLATION", { because: "silent" });
  }
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new RequestsError("NO_TRANSLATION", { because: "refused", status: answer.status });
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += (part as Uint8Array).length;
    if (size > mostBytes) throw new RequestsError("NO_TRANSLATION", { because: "unreadable" });
    parts.push(part as Uint8Array);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    throw new RequestsError("NO_TRANSLATION", { because: "unreadable" });
  }
}

export function libreTranslate({ url, key, own }: TranslatorSettings): Translator {
  const at = (door: string): URL => new URL(door, url.endsWith("/") ? url : `${url}/`);
  return {
    host: new URL(url).host,
    own: own || isLoopback(url),
    async translate(text, from, into) {
      const said = await ask(at("translate"), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          q: text,
          source: codeOf(from),
          target: codeOf(into),
          format: "text",
          ...(key !== null && { api_key: key }),
        }),
      });
      const read = Answer.safeParse(said);
      if (!read.success) throw new RequestsError("NO_TRANSLATION", { because: "unreadable" });
      return read.data.translatedText;
    },
  };
}

/** At the start: the languages that it says it knows, or why it gives no answer. */
export async function tryTranslator(url: string): Promise<{ languages: string[] } | { fault: string }> {
  try {
    const said = Languages.safeParse(
      await ask(new URL("languages", url.endsWith("/") ? url : `${url}/`), { method: "GET" }),
    );
    return said.success ? { languages: said.data.map((one) => one.code) } : { fault: "no list of languages" };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}
