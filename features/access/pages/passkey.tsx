// What a page does with a passkey: asks the node for a challenge, the browser for the answer, the node for its word.
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { api, Refused } from "@simpul/doors/web";
import { challengeLasts } from "../rules.ts";

interface Asked<Options> {
  id: string;
  options: Options;
}
type ToShow = Asked<PublicKeyCredentialRequestOptionsJSON>;
type ToMake = Asked<PublicKeyCredentialCreationOptionsJSON>;
const base = "/api/access";

/** She closed the browser's own dialog, or took too long: nothing to complain about. */
export const wasCancelled = (fault: unknown): boolean =>
  fault instanceof Error && ["NotAllowedError", "AbortError"].includes(fault.name);

export async function signInByPasskey(): Promise<void> {
  const { id, options } = await api.post<ToShow>(`${base}/sign-in/begin`);
  const response = await startAuthentication({ optionsJSON: options });
  await api.post(`${base}/sign-in/finish`, { id, response });
}

export async function enrolByCode(code: string, name: string): Promise<void> {
  const { id, options } = await api.post<ToMake>(`${base}/enrol/begin`, { code });
  const response = await startRegistration({ optionsJSON: options });
  await api.post(`${base}/enrol/finish`, { id, response, name });
}

export async function addPasskey(name: string): Promise<void> {
  const { id, options } = await api.post<ToMake>(`${base}/passkeys/begin`);
  const response = await startRegistration({ optionsJSON: options });
  await api.post(`${base}/passkeys/finish`, { id, response, name });
}

export async function proveByPasskey(act: string, record: string): Promise<void> {
  const { id, options } = await api.post<ToShow>(`${base}/step-up/begin`, { act, record });
  const response = await startAuthentication({ optionsJSON: options });
  await api.post(`${base}/step-up/finish`, { id, response });
}

/** The click that stands for a passkey; the node refuses it where it is no exercise. */
export const proveByClick = (act: string, record: string): Promise<void> =>
  api.post(`${base}/step-up/exercise`, { act, record });

/** On it the window in which she confirmed at the provider tells the page that waits. */
export const confirmations = "simpul.confirmations";
export interface Confirmed {
  refused: string | null;
}

/** In a window of its own, so that what she was writing stays. Comes back when that window says so. */
export async function proveByProvider(act: string, record: string): Promise<void> {
  // Opened while her click still counts; where to is known a moment later.
  const away = window.open("about:blank", "_blank");
  if (away === null) throw new Refused(0, "WINDOW_BLOCKED");
  try {
    const { url } = await api.post<{ url: string }>(`${base}/step-up/provider`, { act, record });
    away.location.assign(url);
  } catch (no) {
    away.close();
    throw no;
  }
  const channel = new BroadcastChannel(confirmations);
  const { refused } = await new Promise<Confirmed>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Confirmed>) => resolve(data);
    setTimeout(() => resolve({ refused: "CHALLENGE_OVER" }), challengeLasts);
  });
  channel.close();
  if (refused !== null) throw new Refused(403, refused);
}

/** A name that she recognises later: browser and system, as far as they say. */
export function thisDevice(): string {
  const agent = navigator.userAgent;
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? "Browser";
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1] ?? "";
  return `${browser === "Edg" ? "Edge" : browser === "OPR" ? "Opera" : browser} ${system}`.trim();
}
