// The keys with which a node speaks to others, as they lie in its folder: those of now, those of before while peers may
// not know the new ones, and fresh ones when two persons change them.
import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { makeCertificate } from "@simpul/exchange";
import type { FreshKeys, NodeKeys, Speaking } from "@simpul/exchange";
import { Id } from "@simpul/model";
import {
  KeyError,
  keyFile,
  loadPrivateKey,
  openSealedBox,
  openSigner,
  ownStatements,
} from "@simpul/store/keys";
import { sql } from "kysely";
import type { Node } from "./node.ts";

type Given = Pick<Node, "code" | "settings" | "store" | "clock" | "random">;

export const keyFolder = ({ settings }: Pick<Node, "settings">): string => path.join(settings.home, "keys");

/** A node that was founded a minute ago can be introduced before it has an agency. */
const noAgencyYet = "00000000-0000-7000-8000-000000000000";

async function signingKey(node: Given, name: string, number: number): Promise<KeyObject> {
  const file = path.join(keyFolder(node), keyFile(name, number));
  await openSigner(file);
  return loadPrivateKey(file);
}

async function sealingKey(node: Given, number: number): Promise<KeyObject> {
  const file = path.join(keyFolder(node), keyFile("node-x25519", number));
  await openSealedBox(file);
  return loadPrivateKey(file);
}

/** The keys of all agencies, made where there is none yet; the contact point first: it signs for whoever names none. */
export async function agencyKeys(
  node: Given,
  number: number,
): Promise<{ agency: Id; privateKey: KeyObject }[]> {
  const standing = { actor: { kind: "job", name: "exchange" }, purpose: "administration" } as const;
  const { rows } = await node.store.read(standing, (db) =>
    sql<{ id: string }>`select id from simpul.agencies order by kind <> 'liaison', id`.execute(db.rows),
  );
  return Promise.all(
    (rows.length === 0 ? [{ id: noAgencyYet }] : rows).map(async ({ id }) => ({
      agency: Id.parse(id),
      privateKey: await signingKey(node, `agency-${id}`, number),
    })),
  );
}

function certified(node: Given, privateKey: KeyObject): Speaking["tls"] {
  const now = node.clock.now();
  const certificate = makeCertificate({
    node: node.code,
    privateKey,
    publicKey: createPublicKey(privateKey),
    // An hour of grace: peers' clocks differ. Peers pin the key, so a new certificate each start costs nobody a step.
    from: new Date(now.getTime() - 3_600_000),
    until: new Date(now.getTime() + 365 * 86_400_000),
    random: node.random,
  });
  return { certificate, privateKey: privateKey.export({ format: "pem", type: "pkcs8" }) as string };
}

async function speaking(node: Given, number: number): Promise<Speaking> {
  return {
    number,
    tls: certified(node, await signingKey(node, "tls-ed25519", number)),
    signing: await signingKey(node, "node-ed25519", number),
    agencies: await agencyKeys(node, number),
  };
}

/** Keys of before as they lie there, never made; null where they are destroyed, maybe by another process just now. */
async function formerKeys(node: Given, number: number): Promise<Speaking | null> {
  const folder = keyFolder(node);
  const load = (name: string): Promise<KeyObject> => loadPrivateKey(path.join(folder, keyFile(name, number)));
  const form =
    number === 0 ? /^agency-([0-9a-f-]{36})\.pem$/ : new RegExp(`^agency-([0-9a-f-]{36})\\.${number}\\.pem$`);
  try {
    const names = await readdir(folder);
    const agencies = names.flatMap((name) => form.exec(name)?.[1] ?? []);
    return {
      number,
      tls: certified(node, await load("tls-ed25519")),
      signing: await load("node-ed25519"),
      agencies: await Promise.all(
        agencies.map(async (id) => ({ agency: Id.parse(id), privateKey: await load(`agency-${id}`) })),
      ),
    };
  } catch (error) {
    if (error instanceof KeyError && error.code === "NO_KEY") return null;
    throw error;
  }
}

/** Keys that nobody has seen; made now, and found again where a process died before their statement lay there. */
export async function freshKeys(node: Given, number: number): Promise<FreshKeys> {
  const { tls, signing, agencies } = await speaking(node, number);
  return { tls, signing, agencies, sealing: await sealingKey(node, number) };
}

/** One signing key stands for all that a node says; the same that signs its logs. */
export async function exchangeKeys(node: Given): Promise<NodeKeys> {
  const folder = keyFolder(node);
  const statements = await ownStatements(folder);
  const number = statements.length;
  const there = (name: string): Promise<boolean> =>
    stat(path.join(folder, name)).then(
      () => true,
      () => false,
    );
  const former: Speaking[] = [];
  const opening: KeyObject[] = [];
  for (let n = number - 1; n >= 0; n--) {
    // Destroyed once their time was over; a key that was stolen at once.
    const before = await formerKeys(node, n);
    if (before !== null) former.push(before);
    if (await there(keyFile("node-x25519", n))) opening.push(await sealingKey(node, n));
  }
  return {
    node: node.code,
    ...(await speaking(node, number)),
    sealing: await sealingKey(node, number),
    former,
    opening,
    statements: statements.map(({ text }) => text),
  };
}
