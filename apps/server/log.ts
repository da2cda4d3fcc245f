// The node's log: one JSON object a line on standard output, without secrets, rows or what an officer typed.
import pino from "pino";
import type { DestinationStream, Logger } from "pino";
import type { Settings } from "./env.ts";

/** Members that are never written, wherever they stand. */
const secret = [
  "token",
  "password",
  "passphrase",
  "key",
  "secret",
  "cookie",
  "authorization",
  "connectionString",
];

/** PostgreSQL quotes the value it refuses (`invalid input syntax for type uuid: "…"`); the log does without. */
const withoutValues = (message: string): string =>
  message.replaceAll(/: "[^"]*"/g, ': "…"').replaceAll(/\/\/[^/@\s]+@/g, "//…@");

/** What is kept of a fault. Further members (a database's `detail`, `where`, parameters) may hold a row. */
function plainFault(fault: unknown, depth = 0): unknown {
  if (!(fault instanceof Error)) return withoutValues(String(fault));
  const { code, cause } = fault as { code?: unknown; cause?: unknown };
  const frames = (fault.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return {
    type: fault.name,
    message: withoutValues(fault.message),
    ...(typeof code === "string" ? { code } : {}),
    stack: frames.slice(0, 12).join("\n"),
    ...(cause === undefined || depth > 3 ? {} : { cause: plainFault(cause, depth + 1) }),
  };
}

/** `to` is standard output unless a test reads it. */
export function openLog(settings: Pick<Settings, "log" | "node">, to?: DestinationStream): Logger {
  const options = {
    level: settings.log,
    base: { node: settings.node },
    redact: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    serializers: { err: plainFault, fault: plainFault },
  };
  return to === undefined ? pino(options) : pino(options, to);
}
