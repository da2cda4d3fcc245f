// What the scripts hand over and name: files as somebody would bring them, and the story's own numbers and places.
import { readFileSync } from "node:fs";

const folder = new URL("./material/", import.meta.url);

/** By the name that a script gives: what it is called when it is handed over. */
export const files: Readonly<Record<string, string>> = {
  chat: "chat.txt",
  hotel: "hotel.csv",
  list: "list.csv",
  embassy: "embassy.csv",
};

/** Null for a name that no file here has. */
export function fileOf(name: string): { name: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  return file === undefined
    ? null
    : { name: `EXERCISE-${file}`, bytes: new Uint8Array(readFileSync(new URL(file, folder))) };
}

/** Chosen once, in the story (apps/demo/story/facts.ts); the test compares. */
export const facts: Readonly<Record<string, string>> = {
  recruiterPhone: "+6285400001702",
  ticketWallet: "TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y",
  park: "Morokot Park",
};
