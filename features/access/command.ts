// `simpul sign-in`, `sign-out`, `whoami`, `devices`: an officer at the command line, by a key that stays on this account.
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import os from "node:os";
import { client, clientFor, command, forgetProfile, keepProfile, output, refusalOf } from "@simpul/doors/cli";
import type { Profile } from "@simpul/doors/cli";
import { NodeCode } from "@simpul/model";
import { defineCommand } from "citty";
import type { Belongings, SessionView } from "./contract.ts";
import { deviceStatement, pollStatement } from "./rules.ts";

const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });

interface Key {
  publicKey: string;
  /** PKCS #8, base64; kept in the profile, which this account alone reads. */
  secret: string;
  sign(statement: string): string;
}

function newKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const secret = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
  const key = createPrivateKey({ key: Buffer.from(secret, "base64"), format: "der", type: "pkcs8" });
  return {
    publicKey: String(publicKey.export({ format: "jwk" }).x),
    secret,
    sign: (statement) => sign(null, Buffer.from(statement), key).toString("base64url"),
  };
}

async function post<Answer>(address: string, path: string, body: object): Promise<Answer> {
  const answer = await fetch(new URL(`/api/access${path}`, address), {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(address).origin },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw await refusalOf(answer);
  return (await answer.json()) as Answer;
}

interface Begun {
  node: string;
  deviceCode: string;
  userCode: string;
  fingerprint: string;
  verificationPath: string;
  interval: number;
}
type Polled = { kind: "waiting" | "slow-down"; interval: number } | { kind: "denied" | "over" } | SignedIn;
interface SignedIn {
  kind: "signed-in";
  token: string;
  device: string;
}

/** Keeps the profile, with the name that the node gives its officer. */
async function keep(profile: Omit<Profile, "officer">): Promise<SessionView> {
  const empty = { ...profile, officer: { id: "", name: "" } };
  const session = await clientFor(empty).call<SessionView>("GET", "/api/access/session");
  const { id, name } = session.officer;
  await keepProfile(process.env, { ...profile, officer: { id, name } });
  return session;
}

const json = { json: { type: "boolean", description: "One JSON object a line" } } as const;

export const signInCommand = defineCommand({
  meta: { name: "sign-in", description: "Sign in to a node: shows a code that you approve in the browser" },
  args: {
    node: { type: "string", required: true, description: "The node's address, e.g. http://localhost:7410" },
    as: { type: "string", description: "Exercise only: sign in at once as this officer, e.g. sari" },
    ...json,
  },
  async run({ args }) {
    await command(async () => {
      const say = output(args.json === true);
      const address = args.node;
      const key = newKey();
      const name = `${os.userInfo().username}@${os.hostname()}`.slice(0, 100);
      if (args.as !== undefined) {
        const { token } = await post<{ token: string }>(address, "/exercise/sign-in", {
          officer: args.as,
          door: "cli",
        });
        const session = await keep({ address, token, device: null });
        const statement = deviceStatement(session.node.code, session.id, key.publicKey);
        const { device } = await (
          await client()
        ).call<{ device: string }>("PUT", "/api/access/session/device", {
          publicKey: key.publicKey,
          name,
          signature: key.sign(statement),
        });
        await keep({ address, token, device: { id: device, key: key.secret } });
        say.result({ officer: session.officer.id, name: session.officer.name }, session.officer.name);
        return undefined;
      }
      const begun = await post<Begun>(address, "/device-sign-in", { name, publicKey: key.publicKey });
      say.say(`Open ${new URL(begun.verificationPath, address).href} and type: ${begun.userCode}`);
      say.say(`Fingerprint of this key: ${begun.fingerprint}`);
      const signature = key.sign(pollStatement(NodeCode.parse(begun.node), begun.deviceCode));
      for (let pause = begun.interval; ;) {
        await wait(pause);
        const polled = await post<Polled>(address, "/device-sign-in/poll", {
          deviceCode: begun.deviceCode,
          signature,
        });
        if (polled.kind === "signed-in") {
          const device = { id: polled.device, key: key.secret };
          const { officer } = await keep({ address, token: polled.token, device });
          say.result({ officer: officer.id, name: officer.name }, officer.name);
          return undefined;
        }
        if (!("interval" in polled)) {
          say.say(polled.kind === "denied" ? "It was refused in the browser." : "The code ran out.");
          return 1;
        }
        pause = polled.interval;
      }
    });
  },
});

export const signOutCommand = defineCommand({
  meta: { name: "sign-out", description: "End the session of this account" },
  async run() {
    await command(async () => {
      await (await client()).call("DELETE", "/api/access/session").finally(() => forgetProfile(process.env));
      return undefined;
    });
  },
});

export const whoamiCommand = defineCommand({
  meta: { name: "whoami", description: "Who is signed in here, for which desk and purpose" },
  args: json,
  async run({ args }) {
    await command(async () => {
      const session = await (await client()).call<SessionView>("GET", "/api/access/session");
      const { officer, node, purpose } = session;
      output(args.json === true).result(
        session,
        `${officer.name} · ${officer.desk.name} · ${purpose} · ${node.code}`,
      );
      return undefined;
    });
  },
});

export const devicesCommand = defineCommand({
  meta: { name: "devices", description: "My devices" },
  args: json,
  async run({ args }) {
    await command(async () => {
      const say = output(args.json === true);
      const { devices } = await (await client()).call<Belongings>("GET", "/api/access/belongings");
      for (const one of devices)
        say.result(
          one,
          `${one.id} ${one.kind.padEnd(8)} ${one.name}${one.revokedAt === null ? "" : " (revoked)"}`,
        );
      return undefined;
    });
  },
});
