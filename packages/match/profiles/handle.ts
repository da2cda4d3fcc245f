// Account names on chat and social platforms (profile handle/1): platform and folded name.
import { plain } from "./characters.ts";
import { sound, unsound, type Hints, type Normalised } from "./outcome.ts";
import { readPhone } from "./phone.ts";
import { accountOfLink, platformNamed, type Platform } from "./platforms.ts";
import { refang } from "./web.ts";

/** A code that a service made (invitation, QR, short link): its case counts. */
const secret = /^(?:\+(?!\d+$)|(?:group|message|qr|p|g2?|lin\.ee|eu)\/)/i;

function named(platform: Platform, account: string, hints: Hints): Normalised {
  const text = account.normalize("NFKC").trim();
  const name = platform.id === "line" ? text : text.replace(/^@/, "");
  // Zalo is Vietnam's: its numbers are Vietnamese unless they say otherwise.
  const region = hints.region ?? (platform.id === "zalo" ? "VN" : undefined);
  if (platform.phones && /^[+(]?\d[\d\s().-]{6,20}$/.test(name)) {
    const number = readPhone(name, region === undefined ? {} : { region });
    if (number) return sound("handle", `${platform.id}:${number.number}`);
    if (platform.phones === "only")
      return unsound("handle", `${platform.id}:${name}`, region ? "NOT_ASSIGNED" : "NO_REGION");
  }
  const folded = secret.test(name) ? name : name.toLowerCase();
  const canonical = `${platform.id}:${folded}`;
  return platform.shape.test(folded) ? sound("handle", canonical) : unsound("handle", canonical, "BAD_SHAPE");
}

function link(text: string): URL | null {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    return new URL(full);
  } catch {
    return null;
  }
}

/**
 * Reads `platform:name`, `platform name`, or a link that leads to an account. A bare `@name` stays without a platform
 * and therefore invalid: the same name on two platforms is two people.
 */
export function handle(value: string, hints: Hints): Normalised {
  const text = refang(plain(value)).trim();
  const split = /^([^\s:：@/.]{1,20}(?: (?:id|app))?)\s*(?:[:：]|\s|(?=@))\s*(?!\/\/)(.+)$/i.exec(text);
  const platform = split ? platformNamed(split[1]!) : null;
  if (platform) {
    const inner =
      /^[a-z0-9.-]+\.[a-z]{2,}\//i.test(split![2]!) || /^https?:/i.test(split![2]!) ? link(split![2]!) : null;
    const account = inner ? accountOfLink(inner) : null;
    return account ? named(account.platform, account.account, hints) : named(platform, split![2]!, hints);
  }
  if (/[./]/.test(text)) {
    const address = link(text);
    const account = address ? accountOfLink(address) : null;
    if (account) return named(account.platform, account.account, hints);
  }
  const bare = text.toLowerCase();
  return /^@?[\p{L}\p{N}._-]{2,64}$/u.test(bare)
    ? unsound("handle", bare.replace(/^@?/, "@"), "NO_PLATFORM")
    : unsound("handle", bare, "NOT_THIS_TYPE");
}
