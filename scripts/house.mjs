// What every command of the repository needs first: the packages installed, the types checked, the page built.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(root, ".cache");

/** Stops with a plain sentence where Node is older than the house needs. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Simpul needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Runs a program of the house; resolves with its exit code, 1 when a signal ended it. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** The path of a program that npm installed. */
export const program = (name) => path.join(root, "node_modules", ".bin", name);

function* files(folder, wanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (["node_modules", "dist", ".cache", ".git"].includes(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* files(file, wanted);
    else if (wanted.test(entry.name)) yield file;
  }
}

function fingerprint(wanted, folders) {
  const hash = createHash("sha256").update(process.version);
  const all = folders.flatMap((folder) => [...files(path.join(root, folder), wanted)]).sort();
  for (const file of [...all, path.join(root, "package-lock.json")]) {
    hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** Does `work` unless it was done for the very same input; the stamp is written only after success. */
async function once(name, print, work) {
  const stamp = path.join(cache, `${name}.done`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === print) return;
  const code = await work();
  if (code !== 0) process.exit(code);
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, print);
}

/** Installs what package-lock.json says, with install scripts off. */
export async function install() {
  requireNode();
  const lock = readFileSync(path.join(root, "package-lock.json"));
  const print = createHash("sha256").update(lock).update(process.versions.modules).digest("hex");
  const stamp = path.join(root, "node_modules", ".simpul");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === print) return;
  console.error("Installing packages (install scripts stay off) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await run(npm, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (code !== 0) process.exit(code);
  writeFileSync(stamp, print);
}

/** Reads types ten times as fast as TypeScript 5, which stays for eslint and the shape check: 7 has no compiler API yet. */
export const typeCheck = path.join(root, "node_modules/tsc7/bin/tsc");

/** Nothing that does not type-check ever starts. */
export async function checkTypes() {
  const print = fingerprint(/\.(tsx?|json)$/, [
    "packages",
    "features",
    "apps",
    "testing",
    "conformance",
    "bench",
  ]);
  await once("types", print, async () => {
    console.error("Checking types …");
    mkdirSync(cache, { recursive: true });
    const codes = await Promise.all(
      ["tsconfig.json", "tsconfig.web.json"].map((file) =>
        run(process.execPath, [typeCheck, "-p", file], {
          stdio: ["ignore", 2, 2],
        }),
      ),
    );
    return Math.max(...codes);
  });
}

/** Builds the web app that every node serves. */
export async function buildPages() {
  const print = fingerprint(/\.(tsx?|json|css|html|svg|png|webmanifest|woff2)$/, [
    "packages",
    "features",
    "apps/web",
    "apps/verifier",
  ]);
  const built = [
    "apps/web/dist/index.html",
    "apps/verifier/dist/verify.html",
    "apps/verifier/dist/verify.mjs",
  ];
  if (!built.every((file) => existsSync(path.join(root, file)))) await build();
  await once("pages", print, build);

  async function build() {
    console.error("Building the web app …");
    const vite = path.join(root, "node_modules/vite/bin/vite.js");
    const verifier = ["--config", "verifier.config.ts", "--mode"];
    let code = 0;
    for (const what of [[], [...verifier, "page"], [...verifier, "script"]]) {
      code ||= await run(process.execPath, [vite, "build", "--logLevel", "warn", ...what], {
        cwd: path.join(root, "apps/web"),
        stdio: ["ignore", 2, 2],
      });
    }
    if (code === 0) {
      mkdirSync(cache, { recursive: true });
      writeFileSync(path.join(cache, "pages.done"), print);
    }
    return code;
  }
}

/** Everything that must be true before a node starts. */
export async function ready() {
  await install();
  await Promise.all([checkTypes(), buildPages()]);
}

/** Starts a TypeScript program of the house in a process of its own and passes signals on; resolves with its code. */
export function start(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", path.join(root, file), ...args], {
      stdio: "inherit",
      ...options,
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
