// `simpul doctor`: a node from end to end, whether it runs or not; says in plain words what is wrong and what to do.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { SimpulError } from "@simpul/model";
import {
  auditLog,
  inspectDatabase,
  ledgerState,
  openStore,
  readMigrations,
  storeMigrations,
  workState,
} from "@simpul/store";
import type { OpenStore } from "@simpul/store";
import { keyFile, nodeVerifying, ownStatements, systemClock, systemRandom } from "@simpul/store/keys";
import type { OwnStatement } from "@simpul/store/keys";
import { lastBackupFile } from "../backup.ts";
import { homeOfAll, openDatabase } from "../database.ts";
import type { NodeDatabase } from "../database.ts";
import type { Settings } from "../env.ts";
import { migrations } from "../migrations.ts";
import { evidenceFinding, ledgerFinding, workFindings } from "./checks.ts";
import { doorFindings } from "./doors.ts";
import { bad, ok, spell, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { itemFinding, peerFindings } from "./rows.ts";

/** Looks at the node that the settings name, and changes nothing. */
export async function examine(
  settings: Settings,
  progress: (says: string) => void = () => undefined,
): Promise<Finding[]> {
  const found = [nodeVersion(), ok("settings", `${settings.node} (${settings.name}), home ${settings.home}`)];
  progress("keys");
  const keys = await keyFindings(path.join(settings.home, "keys"));
  found.push(...keys);
  progress("database");
  const rows = await databaseFindings(settings, progress);
  progress("evidence, doors, backup");
  const evidence = await evidenceFinding(path.join(settings.home, "evidence"));
  return [...found, ...rows, evidence, ...(await doorFindings(settings)), await backupFinding(settings)];
}

function nodeVersion(): Finding {
  const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];
  const says = `Node.js ${process.versions.node}`;
  return major > 20 || (major === 20 && minor >= 19)
    ? ok("node", says)
    : bad("node", `${says} is too old`, "install Node.js 20.19 or newer");
}

/** What a node makes at its first start; agencies' keys are added as agencies are. */
const needed = ["node-ed25519", "node-x25519"];
/** Keys are changed once a year; a month before it is worth a word. */
const yearDays = 365;

async function keyFindings(folder: string): Promise<Finding[]> {
  const names = await readdir(folder).catch(() => null);
  if (names === null)
    return [
      bad(
        "keys",
        `${folder} is not there`,
        "is SIMPUL_HOME right? a new node makes its keys when it starts; a lost one is restored",
      ),
    ];
  const found: Finding[] = [];
  const statements = await ownStatements(folder).catch(() => []);
  const files = [...needed.map((name) => keyFile(name, statements.length)), "wrap.key"];
  const missing = files.filter((name) => !names.includes(name));
  if (missing.length > 0)
    found.push(
      bad(
        "keys",
        `${missing.join(", ")} missing in ${folder}`,
        "restore them from the file of keys; without wrap.key no item opens",
      ),
    );
  for (const name of ["", ...names]) {
    const about = await stat(path.join(folder, name)).catch(() => null);
    if (about !== null && (about.mode & 0o077) !== 0)
      found.push(
        bad(
          "keys.mode",
          `${path.join(folder, name)} may be read by others (mode ${(about.mode & 0o777).toString(8)})`,
          `chmod ${about.isDirectory() ? "700" : "600"}, and consider that key known`,
        ),
      );
  }
  const age = missing.length === 0 ? [await ageFinding(folder, statements)] : [];
  return found.length > 0
    ? [...found, ...age]
    : [ok("keys", `${names.length} key files, closed to others`), ...age];
}

/** Since when the keys of now are in use: by the last statement, or by the first file. */
async function ageFinding(folder: string, statements: readonly OwnStatement[]): Promise<Finding> {
  const last = statements.at(-1);
  const began =
    last === undefined ? (await stat(path.join(folder, "node-ed25519.pem"))).mtime : new Date(last.at);
  const seconds = Math.max(1, (systemClock.now().getTime() - began.getTime()) / 1000);
  const says = `the keys of this node are in use for ${spell(seconds)}`;
  return seconds < (yearDays - 30) * 86_400
    ? ok("keys.age", says)
    : warn("keys.age", says, "two administrators change them, on the page of other states: Our keys");
}

/** The shipped database, made at the first start; opening it earlier would make one. */
async function shippedIsThere(settings: Settings): Promise<boolean> {
  const home = homeOfAll(settings);
  const elsewhere = await readFile(path.join(home, "database-is-at.txt"), "utf8").catch(() => null);
  const root = elsewhere?.trim() ?? path.join(home, "postgres");
  return (await stat(path.join(root, "data", "PG_VERSION")).catch(() => null)) !== null;
}

async function databaseFindings(settings: Settings, progress: (says: string) => void): Promise<Finding[]> {
  if (settings.databaseUrl === null && !(await shippedIsThere(settings)))
    return [bad("database", "there is no database yet", "start the node once, or restore it")];
  let database: NodeDatabase;
  try {
    database = await openDatabase(settings);
  } catch (fault) {
    return [bad("database", `it cannot be started: ${toWords(fault)}`, "see server.log beside its data")];
  }
  try {
    return await inDatabase(settings, database, progress);
  } catch (fault) {
    return [
      bad("database", toWords(fault), "is PostgreSQL running, and does SIMPUL_DATABASE_URL lead to it?"),
    ];
  } finally {
    await database.close();
  }
}

async function inDatabase(
  settings: Settings,
  database: NodeDatabase,
  progress: (says: string) => void,
): Promise<Finding[]> {
  const look = await inspectDatabase(database.url, await readMigrations([storeMigrations, ...migrations]));
  const version = `PostgreSQL ${Math.floor(look.version / 10_000)}.${look.version % 10_000}`;
  if (look.version < 150_000) return [bad("database", `${version} is too old`, "use PostgreSQL 15 or newer")];
  const found = [ok("database", `${version} answers`)];
  if (!look.founded)
    return [...found, bad("database.migrations", "it holds no node yet", "start the node once")];
  if (look.foreign.length > 0)
    return [
      ...found,
      bad(
        "database.migrations",
        `not of this program: ${look.foreign.join(", ")}`,
        "run the program that this database belongs to, the newer one",
      ),
    ];
  if (look.pending.length > 0)
    return [
      ...found,
      warn(
        "database.migrations",
        `${look.pending.length} wait: ${look.pending.join(", ")}`,
        "back up, then start the node; they run then",
      ),
    ];
  found.push(ok("database.migrations", "all of this program have run"));
  const store = await openStore({
    url: database.url,
    migrations,
    clock: systemClock,
    random: systemRandom,
    connections: 2,
  });
  try {
    progress("ledger: recomputing it from its entries");
    found.push(...(await ledgerFindings(store)), ...workFindings(await workState(store)));
    progress("items and peers");
    found.push(
      await itemFinding(store, path.join(settings.home, "evidence")),
      ...(await peerFindings(store)),
    );
    return found;
  } finally {
    await store.close();
  }
}

async function ledgerFindings(store: OpenStore): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const state of await ledgerState(store)) {
    found.push(ledgerFinding(state, systemClock.now()));
    const audit = await auditLog(store, state.log, nodeVerifying);
    const check = `ledger.${state.log}.entries`;
    if (audit.rootHolds && audit.altered.length === 0)
      found.push(ok(check, `${audit.size} entries of ${state.log} give the head that was signed`));
    else
      found.push(
        bad(
          check,
          audit.altered.length > 0
            ? `entries of ${state.log} were altered after they were logged, at places ${audit.altered.slice(0, 10).join(", ")}`
            : `${audit.missing} entries of ${state.log} are missing, or stand elsewhere than where they were signed`,
          "somebody changed the database: keep it as it is, tell oversight, restore a backup elsewhere and compare",
        ),
      );
  }
  return found;
}

async function backupFinding(settings: Settings): Promise<Finding> {
  const text = await readFile(lastBackupFile(settings), "utf8").catch(() => null);
  const todo = "run: simpul backup FOLDER --keys FILE";
  if (text === null)
    return settings.exercise
      ? ok("backup", "none made; an exercise needs none")
      : warn("backup", "no backup was ever made from here", todo);
  const { at, keys } = JSON.parse(text) as { at: string; keys: boolean };
  const age = (systemClock.now().getTime() - new Date(at).getTime()) / 1000;
  const says = `the last backup is ${spell(age)} old${keys ? "" : ", without its keys"}`;
  return age > 7 * 86_400 || !keys ? warn("backup", says, todo) : ok("backup", says);
}

const toWords = (fault: unknown): string =>
  fault instanceof SimpulError ? fault.message : fault instanceof Error ? fault.message : String(fault);
