// For tests: an access room with a clock that can be moved, a passkey in software, and a command line's key.
import { createHash, createSign, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { AgencyKind, Id, NodeCode, Role } from "@simpul/model";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import type { OpenStore, Standing } from "@simpul/store";
import { systemRandom } from "@simpul/store/keys";
import type { AccessNode } from "./node.ts";
import { createAgency, createDesk, createOfficer, placeOfficer } from "./people.ts";

export const origin = "http://localhost:7410";
export const job: Standing = { actor: { kind: "job", name: "founding" }, purpose: "administration" };

/** A clock that stands until it is moved; hand the same one to the store. */
export class HandClock {
  at = Date.parse("2031-03-04T03:00:00Z");
  now = (): Date => new Date(this.at);
  forward(milliseconds: number): void {
    this.at += milliseconds;
  }
}

export function accessRoom(store: OpenStore, clock: HandClock, exercise = false): AccessNode {
  return {
    code: "id" as NodeCode,
    name: "Indonesia",
    exercise,
    store,
    clock,
    random: systemRandom,
    recoveryRoles: ["administrator", "supervisor"],
    provider: null,
    policy: loadPolicy(cedar),
    rp: { id: "localhost", name: "Simpul", origins: [origin] },
  };
}

/** An officer at a desk of an agency of her own. */
export async function officerAt(
  node: AccessNode,
  given: { number: string; name: string; roles: readonly Role[]; kind?: AgencyKind },
): Promise<{ officer: Id; desk: Id; agency: Id }> {
  const agency = await createAgency(node, job, {
    name: `Agency of ${given.name}`,
    kind: given.kind ?? "police",
  });
  const desk = await createDesk(node, job, { name: `Desk of ${given.name}`, agency });
  const officer = await createOfficer(node, job, { number: given.number, name: given.name, language: "en" });
  await placeOfficer(node, job, { officer, desk, roles: given.roles });
  return { officer, desk, agency };
}

const sha256 = (data: string | Uint8Array): Buffer => createHash("sha256").update(data).digest();
const flags = { present: 0x01, verified: 0x04, attested: 0x40 };

/** An ES256 authenticator as WebAuthn level 3 describes one; `verified: false` skips the finger on the sensor. */
export class SoftPasskey {
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly id = randomBytes(16).toString("base64url");
  counter = 0;
  readonly #how: { origin: string; verified: boolean };
  constructor(how: { origin?: string; verified?: boolean } = {}) {
    this.#how = { origin: how.origin ?? origin, verified: how.verified ?? true };
  }

  #data(flag: number): Buffer {
    this.counter += 1;
    const head = Buffer.alloc(5);
    head[0] = flags.present | (this.#how.verified ? flags.verified : 0) | flag;
    head.writeUInt32BE(this.counter, 1);
    return Buffer.concat([sha256("localhost"), head]);
  }

  #client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#how.origin, crossOrigin: false }));
  }

  create(options: { challenge: string }): RegistrationResponseJSON {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x!, "base64url"))],
      [-3, new Uint8Array(Buffer.from(y!, "base64url"))],
    ]);
    const id = Buffer.from(this.id, "base64url");
    const authData = Buffer.concat([
      this.#data(flags.attested),
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      isoCBOR.encode(cose),
    ]);
    const object = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, string>>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]),
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#client("webauthn.create", options.challenge).toString("base64url"),
        attestationObject: Buffer.from(object).toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  get(options: { challenge: string }): AuthenticationResponseJSON {
    const authenticatorData = this.#data(0);
    const clientData = this.#client("webauthn.get", options.challenge);
    const signature = createSign("sha256")
      .update(authenticatorData)
      .update(sha256(clientData))
      .sign(this.#keys.privateKey);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
      },
    };
  }
}

/** A device's Ed25519 key. */
export class SoftDevice {
  readonly #keys = generateKeyPairSync("ed25519");
  readonly publicKey = String(this.#keys.publicKey.export({ format: "jwk" }).x);
  sign(statement: string): string {
    return sign(null, Buffer.from(statement), this.#keys.privateKey).toString("base64url");
  }
}
