// The settings of one node: read from the environment once, checked, and refused by name when wrong.
import path from "node:path";
import type { Bandwidths } from "@simpul/exchange";
import type { ProviderSettings } from "@simpul/features/access/provider.ts";
import { NodeCode, type Role } from "@simpul/model";
import { z } from "zod";
import { isLoopback, type TranslatorSettings } from "@simpul/features/requests/libre-translate.ts";
import type { TwoPersons } from "@simpul/policy";
import { defaultHome } from "./home.ts";
import { SettingsError } from "./settings-error.ts";
import { readTwoPersons } from "./two-persons.ts";

export { SettingsError } from "./settings-error.ts";

const flag = z.enum(["0", "1"]).transform((text) => text === "1");
const port = z.coerce.number().int().min(0).max(65_535);

const limitOf = (text: string): [NodeCode, number] => {
  const [code = "", kilobits] = text.split("=");
  return [NodeCode.parse(code), Number(kilobits)];
};

const shape = z.object({
  SIMPUL_NODE: z.string().transform((text) => NodeCode.parse(text)),
  SIMPUL_NAME: z.string().min(1).max(80).optional(),
  SIMPUL_HOME: z.string().min(1).optional(),
  SIMPUL_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  SIMPUL_BACKUP_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  SIMPUL_PORT: port.default(7410),
  SIMPUL_HOST: z.string().default("localhost"),
  SIMPUL_PEER_PORT: port.default(7415),
  SIMPUL_PEER_HOST: z.string().min(1).max(255).default("localhost"),
  SIMPUL_PEER_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/)
    .optional(),
  SIMPUL_PEER_LIMITS: z
    .string()
    .regex(/^[a-z]{2}=\d{2,8}(,[a-z]{2}=\d{2,8})*$/, "as in mm=64,la=128")
    .transform((text) => new Map(text.split(",").map(limitOf)))
    .refine((all) => [...all.values()].every((kilobits) => kilobits >= 16), "16 kbit/s at least")
    .optional(),
  SIMPUL_PUBLIC_ADDRESS: z
    .string()
    .regex(/^https?:\/\/[^/]+$/)
    .optional(),
  SIMPUL_METRICS_PORT: port.optional(),
  SIMPUL_TRANSLATE_URL: z
    .url({ protocol: /^https?$/, error: "an http or https address" })
    // Words of a case on an open line are read by whoever stands there.
    .refine((url) => url.startsWith("https:") || isLoopback(url), "https, unless it runs on this machine")
    .optional(),
  SIMPUL_TRANSLATE_KEY: z.string().min(1).max(500).optional(),
  SIMPUL_TRANSLATE_OWN: flag.default(false),
  SIMPUL_OPEN_PAGE: flag.default(false),
  SIMPUL_OPEN_PAGE_EXIT: z.url({ protocol: /^https$/ }).default("https://www.google.com/"),
  SIMPUL_TERMS: z.string().min(1).optional(),
  SIMPUL_EXERCISE: flag.default(false),
  SIMPUL_VICTIM_RELEASE_ALONE: flag.default(false),
  SIMPUL_RECOVERY_ROLES: z
    .string()
    .transform((text) => text.split(",").map((one) => one.trim()))
    .pipe(
      z
        .array(z.enum(["administrator", "supervisor", "liaison", "oversight"]))
        .min(1)
        .max(4),
    )
    .default(["administrator", "supervisor"]),
  SIMPUL_OIDC_ISSUER: z
    .string()
    .regex(/^https?:\/\/\S+$/)
    .optional(),
  SIMPUL_OIDC_CLIENT: z.string().min(1).max(200).optional(),
  SIMPUL_OIDC_SECRET: z.string().min(16).max(500).optional(),
  SIMPUL_OIDC_NAME: z.string().min(1).max(60).default("OpenID"),
  SIMPUL_OIDC_CLAIM: z
    .string()
    .regex(/^[\w:/.-]{1,100}$/)
    .default("employee_number"),
  SIMPUL_OIDC_ACR: z
    .string()
    .transform((text) => text.split(" ").filter((one) => one !== ""))
    .default([]),
  SIMPUL_TWO_PERSONS: z.string().min(1).optional(),
  SIMPUL_LOG: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

export interface Settings {
  node: NodeCode;
  /** What people read: the state's name in its own and other languages comes from the catalogues. */
  name: string;
  /** The folder of this node: evidence store, keys, staging. */
  home: string;
  /** Null: the PostgreSQL that ships with Simpul is started below `home`. */
  databaseUrl: string | null;
  /** The same database for a role that sees every row, for backups; null: the shipped server's own, or `databaseUrl`. */
  backupUrl: string | null;
  host: string;
  port: number;
  peerPort: number;
  /** The address on which the node-to-node port listens. */
  peerHost: string;
  /** `host:port` as other states reach it; null: where it listens. */
  peerAddress: string | null;
  /** Kilobits a second that the line to a state may carry; one that is not named has no limit. */
  peerLimits?: Bandwidths | undefined;
  /** The address that people type, where a proxy stands before the node; null: the one it listens on. */
  publicAddress: string | null;
  /** The loopback port of figures for machines; null: none is opened. */
  metricsPort: number | null;
  /** A LibreTranslate-compatible service; null: no machine translates. */
  translate: TranslatorSettings | null;
  /** The page for a held person is on, and where its button leads that leaves in a hurry; null or absent: off. */
  openPage?: { exit: string } | null;
  /** The folder of this state's own terms; null or absent: what ships. */
  terms?: string | null;
  exercise: boolean;
  /** Whoever holds one of these roles may vouch for an officer who lost every passkey. */
  recoveryRoles?: readonly Role[];
  /** One officer of the victim desk releases to a case alone; else a second agrees. */
  victimReleaseAlone?: boolean;
  /** What this state sets about acts that take two persons; absent: as each comes. */
  twoPersons?: TwoPersons;
  /** The ministry's own sign-in; null where there is none. */
  provider?: ProviderSettings | null;
  log: "silent" | "error" | "warn" | "info" | "debug";
}

/** Reads the settings; throws `BAD_SETTING` with every wrong name at once. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const read = shape.safeParse(env);
  if (!read.success) {
    const wrong = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new SettingsError("BAD_SETTING", wrong.join("; "));
  }
  const given = read.data;
  return {
    node: given.SIMPUL_NODE,
    name: given.SIMPUL_NAME ?? given.SIMPUL_NODE.toUpperCase(),
    home: path.join(given.SIMPUL_HOME ?? defaultHome(env), "nodes", given.SIMPUL_NODE),
    databaseUrl: given.SIMPUL_DATABASE_URL ?? null,
    backupUrl: given.SIMPUL_BACKUP_URL ?? null,
    host: given.SIMPUL_HOST,
    port: given.SIMPUL_PORT,
    peerPort: given.SIMPUL_PEER_PORT,
    peerHost: given.SIMPUL_PEER_HOST,
    peerAddress: given.SIMPUL_PEER_ADDRESS ?? null,
    peerLimits: given.SIMPUL_PEER_LIMITS,
    publicAddress: given.SIMPUL_PUBLIC_ADDRESS ?? null,
    metricsPort: given.SIMPUL_METRICS_PORT ?? null,
    translate:
      given.SIMPUL_TRANSLATE_URL === undefined
        ? null
        : {
            url: given.SIMPUL_TRANSLATE_URL,
            key: given.SIMPUL_TRANSLATE_KEY ?? null,
            own: given.SIMPUL_TRANSLATE_OWN,
          },
    openPage: given.SIMPUL_OPEN_PAGE ? { exit: given.SIMPUL_OPEN_PAGE_EXIT } : null,
    terms: given.SIMPUL_TERMS ?? null,
    exercise: given.SIMPUL_EXERCISE,
    recoveryRoles: given.SIMPUL_RECOVERY_ROLES,
    victimReleaseAlone: given.SIMPUL_VICTIM_RELEASE_ALONE,
    ...(given.SIMPUL_TWO_PERSONS === undefined
      ? {}
      : { twoPersons: readTwoPersons(given.SIMPUL_TWO_PERSONS) }),
    provider: providerIn(given),
    log: given.SIMPUL_LOG,
  };
}

/** All three or none; plain http only where the node runs an exercise, with a provider on this machine. */
function providerIn(given: z.infer<typeof shape>): ProviderSettings | null {
  const { SIMPUL_OIDC_ISSUER: issuer, SIMPUL_OIDC_CLIENT: client, SIMPUL_OIDC_SECRET: secret } = given;
  if (issuer === undefined && client === undefined && secret === undefined) return null;
  if (issuer === undefined || client === undefined || secret === undefined)
    throw new SettingsError(
      "BAD_SETTING",
      "SIMPUL_OIDC_ISSUER, SIMPUL_OIDC_CLIENT and SIMPUL_OIDC_SECRET go together",
    );
  const plain = issuer.startsWith("http:");
  if (plain && !(given.SIMPUL_EXERCISE && ["localhost", "127.0.0.1"].includes(new URL(issuer).hostname)))
    throw new SettingsError(
      "BAD_SETTING",
      "SIMPUL_OIDC_ISSUER: https, outside of an exercise on this machine",
    );
  return {
    ...{ issuer, client, secret, plain },
    name: given.SIMPUL_OIDC_NAME,
    claim: given.SIMPUL_OIDC_CLAIM,
    acr: given.SIMPUL_OIDC_ACR,
  };
}
