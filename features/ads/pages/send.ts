// A file sent in parts to whoever takes it: what is there already is not sent again, and at the end its digest is said.
import { api } from "@simpul/doors/web";
import { adLimits } from "../contract.ts";

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** `to`: where parts are taken, without the slash. Throws what the node refuses. */
export async function sendFile(
  to: string,
  file: File,
  parts: readonly number[],
  sent: (part: number) => void,
): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const there = new Set(parts);
  for (let part = 0; part * adLimits.part < bytes.length; part++) {
    if (!there.has(part)) {
      const some = bytes.subarray(part * adLimits.part, (part + 1) * adLimits.part);
      await api.post(`${to}/parts/${part}`, { bytes: base64Of(some) });
    }
    sent(Math.min(1, ((part + 1) * adLimits.part) / bytes.length));
  }
  await api.post(`${to}/read`, { digest: hexOf(await crypto.subtle.digest("SHA-256", bytes)) });
}

interface OnItsWay {
  id: string;
  parts: number[];
  state: string;
  source: string;
  fileName: string;
  size: number;
}

/** The file or picture of this source that broke off on its way, or a new one; `more` is said of a new one alone. */
export async function begun(
  what: "imports" | "pictures",
  source: string,
  file: File,
  more: object = {},
): Promise<Pick<OnItsWay, "id" | "parts">> {
  const fileName = file.name || "picture";
  const { [what]: all } = await api.get<Record<typeof what, OnItsWay[]>>(`/api/ads/${what}`);
  const before = all.find(
    (one) =>
      one.state === "open" && one.source === source && one.fileName === fileName && one.size === file.size,
  );
  if (before !== undefined) return before;
  const { id } = await api.post<{ id: string }>(`/api/ads/${what}`, {
    ...{ source, fileName, size: file.size, ...more },
  });
  return { id, parts: [] };
}
