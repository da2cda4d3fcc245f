// `simpul sign-in`, `sign-out`, `whoami`, `devices`: an officer at the command line, by a key that stays on this account.
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import os from "node:os";
import {
  client,
  clientFor,
  ClientError,
  command,
  forgetProfile,
  json,
  keepProfile,
  output,
  refusalOf,
  signedIn,
  wait,
} from "@simpul/doors/cli";
import type { Profile } from "@simpul/doors/cli";
import { NodeCode } from "@simpul/model";
import { defineCommand } from "citty";
import type { Belongings, SessionView } from "./contract.ts";
import { deviceStatement, pollStatement } from "./rules.ts";

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
  }).catch((cause: unknown) => {
    throw new ClientError(
      "NODE_SILENT",
      `${address} does not answer; is that the node's address?`,
      null,
      cause,
    );
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

export const signInCommand = defineCommand({
  meta: {
    name: "sign-in",
    description: "sign in to a node: shows a code that you approve in the browser",
    example: "simpul sign-in --node http://localhost:7410",
  },
  args: {
    node: { type: "string", required: true, description: "The node's address, e.g. http://localhost:7410" },
    as: { type: "string", description: "Exercise only: sign in at once as this officer, e.g. sari" },
    json,
  },
  async run({ args }) {
    await command(async () => {
      const say = output(args.json === true);
      if (!URL.canParse(args.node) || !/^https?:/.test(args.node))
        throw new ClientError(
          "UNUSABLE",
          "--node is an address as a browser takes it, http://… or https://…",
        );
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
        await wait(pause * 1000);
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
          const denied = polled.kind === "denied";
          const says = denied ? "it was refused in the browser" : "the code ran out; call it again";
          throw new ClientError("REFUSED", says);
        }
        pause = polled.interval;
      }
    });
  },
});

export const signOutCommand = defineCommand({
  meta: { name: "sign-out", description: "end the session of this account", example: "simpul sign-out" },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      await door.call("DELETE", "/api/access/session").finally(() => forgetProfile(process.env));
      const { id, name } = door.profile.officer;
      out.result({ officer: id, name, signedOut: true }, `${name} is signed out`);
    }),
});

export const whoamiCommand = defineCommand({
  meta: {
    name: "whoami",
    description: "who is signed in here, for which desk and purpose",
    example: "simpul whoami --json",
  },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const session = await door.call<SessionView>("GET", "/api/access/session");
      const { officer, node, purpose } = session;
      out.result(session, `${officer.name} · ${officer.desk.name} · ${purpose} · ${node.code}`);
    }),
});

export const devicesCommand = defineCommand({
  meta: { name: "devices", description: "my devices", example: "simpul devices" },
  args: { json },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const { devices } = await door.call<Belongings>("GET", "/api/access/belongings");
      for (const one of devices) {
        const revoked = one.revokedAt === null ? "" : " (revoked)";
        out.result(one, `${one.id} ${one.kind.padEnd(8)} ${one.name}${revoked}`);
      }
    }),
});
