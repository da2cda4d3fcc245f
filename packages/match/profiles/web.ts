// Addresses on the web: links, host names and e-mail (profiles url/1, domain/1, email/1).
import { parse as parseHost } from "tldts";
import { plain } from "./characters.ts";
import { sound, unsound, type Normalised } from "./outcome.ts";

/** Undoes what analysts write so that nobody clicks: hxxp, [.], (dot), [at], [:]. */
export function refang(text: string): string {
  return text
    .replace(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/gi, ".")
    .replace(/\s?[[({]\s?(?:@|at)\s?[\])}]\s?/gi, "@")
    .replace(/[[({](:(?:\/\/)?|\/\/?)[\])}]/g, "$1")
    .replace(/^(\s*)h(?:xx|\*\*|__)p(s?)(?=:)/i, "$1http$2");
}

/** A host name in lower-case ASCII form (IDNA), or null when it is none that can exist on the public net. */
export function hostName(text: string): string | null {
  const bare = text.trim().replace(/\.$/, "");
  if (bare === "" || bare.length > 253 || /[\s/?#@:\\%]/.test(bare)) return null;
  let host: string;
  try {
    host = new URL(`http://${bare}`).hostname;
  } catch {
    return null;
  }
  const known = parseHost(host, { allowPrivateDomains: false });
  return known.isIcann === true && known.domain !== null && !known.isIp ? host : null;
}

export function domain(value: string): Normalised {
  const text = refang(plain(value)).trim();
  const inner = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text)?.[1] ?? text;
  const host = hostName(inner.replace(/^.*@/, "").replace(/:\d+$/, ""));
  if (host) return sound("domain", host);
  return unsound("domain", text.toLowerCase(), /[.。]/.test(text) ? "NO_SUCH_SUFFIX" : "NOT_THIS_TYPE");
}

/**
 * The link as a browser would open it: scheme and host in lower case, host in ASCII, default port and user part gone;
 * path, query and fragment stay as written, since they are case-sensitive. Without a scheme it counts as https.
 */
export function url(value: string): Normalised {
  const text = refang(plain(value)).trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  let parsed: URL;
  try {
    parsed = new URL(full);
  } catch {
    return unsound("url", text, "NOT_THIS_TYPE");
  }
  if (!/^(?:https?|ftp):$/.test(parsed.protocol)) return unsound("url", text, "NOT_THIS_TYPE");
  parsed.username = "";
  parsed.password = "";
  const host = parsed.hostname;
  const numeric = parseHost(host).isIp === true;
  if (!numeric && hostName(host) === null) return unsound("url", parsed.href, "NO_SUCH_SUFFIX");
  return sound("url", parsed.href);
}

/** Local part and host in lower case: no mail provider of the region tells them apart (RFC 5321 would allow it). */
export function email(value: string): Normalised {
  const text = refang(plain(value)).trim().replace(/^mailto:/i, "").replace(/\?.*$/, ""); // prettier-ignore
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at).normalize("NFKC").toLowerCase();
  if (
    at < 1 ||
    local.length > 64 ||
    !/^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local)
  )
    return unsound("email", text.toLowerCase(), "NOT_THIS_TYPE");
  const host = hostName(text.slice(at + 1));
  return host ? sound("email", `${local}@${host}`) : unsound("email", text.toLowerCase(), "NO_SUCH_SUFFIX");
}
