// Links, host names and e-mail addresses, also glued to Thai or Chinese text, also defanged.
import { accountOfLink, hostName, normalise } from "@simpul/match/profiles";
import { candidate, type Candidate, type Page } from "./candidate.ts";

const schemed = /(?<![a-z0-9])(?:h(?:tt|xx|\*\*)ps?|ftp):\/\/(?=[^\s/])/gi;
// Label by label, each at most 63 letters; only from the beginning of a run, so that every unit is tried once.
const bare =
  /(?<![a-z0-9@._-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})(?![a-z0-9-]|\.[a-z0-9]|@)/gi;
const port = /:\d{2,5}(?!\d)/y;
// Printable ASCII without quotes and angle brackets: the next script is the next sentence.
const tail = /[/?#][!#-;=?-_a-z{|}~]{0,2000}/y;
const mailHost = /@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9-])/iy;

/** What a sentence puts behind a link does not belong to it; a bracket does when it was opened inside. */
function trimmed(text: string): string {
  let open = text.split("(").length - text.split(")").length;
  let end = text.length;
  for (; end > 0; end--) {
    const last = text[end - 1]!;
    if (last === ")" && open++ >= 0) break;
    if (!/[.,;:!?'")\]}*_~|>]/.test(last)) break;
  }
  return text.slice(0, end);
}

/** Technologies, not addresses. */
const names = /^(?:asp|ado|vb|ml|paint)\.net$|^(?:socket|node)\.io$/i;
/** Suffixes that bare addresses in messages really have; none of them is a word a sentence begins with. */
const usual =
  /\.(?:com|net|org|info|biz|edu|gov|mil|int|io|co|cc|tv|vip|xyz|asia|ltd|icu|mobi|pw|gg|la|ly|site|online|bet|casino|poker|app|dev|link|click|website|space|fun|win|shop|store|top|club|pro|live|one|life|world|today|tech|work|best|bio|chat)$/i;
/** Two-letter suffixes that are English words or file endings; alone they need a digit or hyphen before them. */
const words =
  /\.(?:in|it|is|to|my|me|so|as|at|be|by|do|no|am|us|id|we|he|an|of|if|or|md|py|rs|sh|ps|pl|ai|im|la|pa|ma|hm|st|de|fm|pm|tv|gg|co)$/i;
/** Of the usual ones, those that are words too. */
const speech =
  /\.(?:live|win|fun|top|shop|store|one|life|world|today|work|best|chat|link|click|space|pro|app|site|online)$/i;

function plausible(host: string, hasMore: boolean): boolean {
  const suffix = host.slice(host.lastIndexOf(".") + 1);
  // "experience.This", "skills.BS/MS": a capital begins a sentence or a degree; BKK7A.COM shouts throughout.
  if (/^[A-Z]/.test(suffix) && host !== host.toUpperCase()) return false;
  if (/^www\d?\./i.test(host)) return true;
  const label = host.slice(0, host.length - suffix.length - 1);
  if (hasMore) return label.length > 1 || /^[a-z]{2,4}$/.test(suffix);
  if (names.test(host) || /^[a-z]$/i.test(label)) return false;
  const registered = /[\d-]/.test(label) && !/^\d+$/.test(label);
  // Somebody registered a name with a digit; "her.love" and "store.like" are sentences without a space.
  if (usual.test(host))
    return registered || !(speech.test(host) || /^(?:la|gg)$/i.test(suffix)) || label.length > 5;
  return suffix.length === 2 && (registered || !words.test(host)) && label.length > 3;
}

function asLink(page: Page, start: number, text: string, weight: 2 | 3): Candidate[] {
  const end = start + text.length;
  let address: URL | null;
  try {
    address = new URL(
      /^[a-z*]+:\/\//i.test(text) ? text.replace(/^h(?:xx|\*\*)p/i, "http") : `https://${text}`,
    );
  } catch {
    address = null;
  }
  const account = address ? accountOfLink(address) : null;
  if (account) {
    const hints = page.region === null ? {} : { region: page.region };
    const value = normalise("handle", `${account.platform.id}:${account.account}`, hints);
    const found = [candidate("handle", { start, end }, value, 3, { platform: account.platform.id })];
    // The number a link dials is a phone number too; a check by phone must meet it.
    const digits = /\+?\d{7,15}/.exec(text.slice(text.indexOf("/") + 1));
    const number = /:(\+\d+)$/.exec(value.canonical)?.[1];
    if (digits && number && value.valid) {
      const at = start + text.indexOf("/") + 1 + digits.index;
      const phone = normalise("phone", number);
      found.push(
        candidate("phone", { start: at, end: at + digits[0].length }, phone, 3, {
          platform: account.platform.id,
          inside: true,
        }),
      );
    }
    return found;
  }
  return [candidate("url", { start, end }, normalise("url", text), weight)];
}

function* schemedLinks(page: Page): Generator<Candidate> {
  const text = page.folded.exact;
  let until = 0;
  for (const hit of text.matchAll(schemed)) {
    if (hit.index < until) continue; // A link inside a link's path belongs to it.
    const begin = hit.index + hit[0].length;
    // Host: anything up to a delimiter; when that is no host, only its ASCII beginning (text glued to the link).
    const wide = /^[^\s/?#"'<>()[\]{}|\\^`,;!]{1,253}/u.exec(text.slice(begin, begin + 260))?.[0] ?? "";
    const narrow = /^[\x21-\x7e]*/.exec(wide)![0];
    const named = wide.replace(/^.*@/, "").replace(/:\d*$/, "");
    let host = hostName(named.replace(/[.。]+$/, "")) !== null || narrow === "" ? wide : narrow;
    let end = begin + host.length;
    tail.lastIndex = end;
    const rest = tail.exec(text)?.[0] ?? "";
    if (rest === "") host = host.replace(/[.:]+$/, "");
    const whole = trimmed(text.slice(hit.index, (end = begin + host.length)) + rest);
    until = hit.index + whole.length;
    if (whole.length > hit[0].length && end > begin) yield* asLink(page, hit.index, whole, 3);
  }
}

function* bareLinks(page: Page): Generator<Candidate> {
  const text = page.folded.exact;
  for (const hit of text.matchAll(bare)) {
    if (text.slice(Math.max(0, hit.index - 3), hit.index) === "://") continue;
    let end = hit.index + hit[0].length;
    port.lastIndex = end;
    const at = port.exec(text)?.[0] ?? "";
    tail.lastIndex = end + at.length;
    const rest = tail.exec(text)?.[0] ?? "";
    const more = at + rest;
    if (!plausible(hit[0], more.length > 1) || hostName(hit[0]) === null) continue;
    const whole = trimmed(text.slice(hit.index, (end += more.length)));
    if (whole.length > hit[0].length) yield* asLink(page, hit.index, whole, 2);
    else {
      const span = { start: hit.index, end: hit.index + hit[0].length };
      yield candidate("domain", span, normalise("domain", hit[0]), 2);
    }
  }
}

function* mails(page: Page): Generator<Candidate> {
  const text = page.folded.exact;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    mailHost.lastIndex = at;
    const host = mailHost.exec(text);
    if (!host) continue;
    const local =
      /[a-z0-9._%+-]{1,64}$/i.exec(text.slice(Math.max(0, at - 64), at))?.[0].replace(/^[._%+-]+/, "") ?? "";
    if (local === "") continue;
    const span = { start: at - local.length, end: at + host[0].length };
    const value = normalise("email", text.slice(span.start, span.end));
    if (value.valid) yield candidate("email", span, value, 3);
  }
}

export function* links(page: Page): Generator<Candidate> {
  yield* schemedLinks(page);
  yield* bareLinks(page);
  yield* mails(page);
}
