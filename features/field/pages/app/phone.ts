// This phone as the node knows it: its keys that nobody can read out, whose it is, and to whom it seals.
import { api } from "@simpul/doors/web";
import type { AskPhone, Contact, DeskKey, Enrolled, FieldTerms, JsonWebKeyLike } from "../../contract.ts";
import { contactMessage } from "../../rules.ts";
import type { Keeping, Put } from "./database.ts";

export interface Phone {
  id: string;
  node: Enrolled["node"];
  officer: Enrolled["officer"];
  signing: CryptoKeyPair;
  sealTo: DeskKey;
  terms: FieldTerms;
  lastContact: string | null;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256" } as const;

/** Makes this phone one of the node's; asked in the officer's session. Throws `Refused`. */
export async function enrol(keeping: Keeping, name: string): Promise<Phone> {
  const signing = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", signing.publicKey);
  const key = { kty, crv, x, y } as JsonWebKeyLike;
  const given = await api.post<Enrolled>("/api/field/phones", { name, key } satisfies AskPhone);
  const { id, node, officer, sealTo, terms } = given;
  const phone: Phone = { id, node, officer, signing, sealTo, terms, lastContact: new Date().toISOString() };
  await keeping.change(({ put }) => put("phone", "this", phone));
  return phone;
}

export const thisPhone = (keeping: Keeping): Promise<Phone | null> => keeping.get<Phone>("phone", "this");

/** What it heard at a contact, kept for the days without one. */
export function heard({ put }: Put, phone: Phone, contact: Contact): void {
  const next: Phone = {
    ...phone,
    terms: contact.terms,
    sealTo: contact.sealTo ?? phone.sealTo,
    lastContact: new Date().toISOString(),
  };
  put("phone", "this", next);
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");

/** The phone's signature over a body, as the node asks for it (base64url of r and s). */
export async function signed(phone: Phone, at: string, body: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
  const message = new Uint8Array(contactMessage(phone.id, at, hex(hash)));
  const bytes = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    phone.signing.privateKey,
    message,
  );
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
