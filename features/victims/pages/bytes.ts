// A recording as the page reads it: its digest, and pieces as JSON carries them.
const inHex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256, hex. */
export const digestOf = async (file: Blob): Promise<string> =>
  inHex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));

export async function inBase64(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let text = "";
  // An argument list has its limits.
  for (let from = 0; from < bytes.length; from += 8192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}
