// Account names: a platform's name and what follows it, and bare @names.
import { normalise, platformNamed, platforms } from "@simpul/match/profiles";
import { candidate, type Candidate, type Page } from "./candidate.ts";

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const latin = /^[a-z ]+$/i;
const names = platforms
  .flatMap((one) => [one.id, ...one.names])
  .filter((one, i, all) => all.indexOf(one) === i);
const longFirst = (list: string[]): string =>
  list
    .sort((a, b) => b.length - a.length)
    .map(escape)
    .join("|");
const latinNames = longFirst(names.filter((one) => latin.test(one) && !/ id$|id$/.test(one) && one !== "x"));
const otherNames = longFirst(names.filter((one) => !latin.test(one)));

/** "Telegram saya @x": whose it is, in the languages of the region; only before an @. */
const own = "(?:saya|aku|kami|kita|ko|namin|namin po|ni|mình|tôi|em|của tôi|is|my|ours?)";
const account = "(@?[a-z0-9][a-z0-9._-]{2,39})(?![a-z0-9._-]*@)";
/** "LINE ID: x", "ID Line x", "Telegram @x", "wechat:x". The name alone ("line cook") says nothing. */
const afterLatin = new RegExp(
  `(?<![\\p{Script=Latin}\\d_.@/-])@?(id |id: ?)?(${latinNames})((?: ?(?:app|official|account|acc|user ?name|user|no|number|me|us)| ${own}(?= ?@))? ?(?:id)?)(\\s?[:：=>-]{1,2}\\s?|\\s{1,2}\\(?(?=@)|\\s{1,2}|(?=@))${account}`,
  "giu",
);
const afterOther = new RegExp(
  `(?:${otherNames})((?: ?(?:id|ไอดี|号|號|账号|ID))?)([\\s:：=+>-]{0,3})${account}`,
  "giu",
);
const at = /(?<![\p{Script=Latin}\d_.@/])@[a-z0-9][a-z0-9_.]{3,31}/giu;

/** Words that follow a platform's name in ordinary sentences. */
const filler =
  /^(?:id|is|the|and|or|for|to|at|on|of|in|me|us|my|our|link|http|your|you|app|group|chat|channel|account|page|add|now|only|here|link|official|number|contact|whatsapp|telegram|wechat|line|zalo|viber|facebook|messenger|instagram|tiktok|skype|http|https|www|manager|cook|business|marketing|ads|users?|members?|support|email|phone|call|text|yang|dan|atau|untuk|ke|di|kami|saya|grup|com|net)$/i;

/** What follows is a link, found as one elsewhere. */
const site =
  /^(?:https?|www\d?\.)|\.(?:com|net|org|me|co|cc|live|vip|top|xyz|info|site|online|club|app|io|ly|link|shop)$/i;

/** Names of platforms that are words too: "business line", "free signal". After another word they need an ID. */
const wordy = /^(?:line|signal|tele|wa|ig|insta|fb|tg)$/i;
const inviting =
  /(?:add|my|our|id|via|on|or|and|by|at|chat|contact|app|dm|pm|join|use|message|inbox|whatsapp|wechat|telegram|facebook|tambah|hubungi|atau|dan|lewat|melalui|thêm|hoặc|kết bạn|sa|o|at)\s*$/i;

/** A name without an explicit sign before it must look like one: a digit, an underscore, an @. */
const striking = (name: string): boolean => /^@|[\d_]/.test(name) && !/^\d{1,4}$/.test(name);

function named(page: Page, platform: string, name: string, start: number): Candidate | null {
  const clean = name.replace(/[._-]+$/, "");
  if (clean.replace("@", "").length < 3 || filler.test(clean.replace("@", "")) || site.test(clean))
    return null;
  const hints = page.region === null ? {} : { region: page.region };
  const value = normalise("handle", `${platform}:${clean}`, hints);
  // Digits that are no account name here are a phone number or a price; phones are found elsewhere.
  if (/^\d+$/.test(clean) && (platform !== "line" && platform !== "qq" ? true : clean.length < 5))
    return null;
  if (!value.valid) return null;
  return candidate("handle", { start, end: start + clean.length }, value, 3, { platform });
}

export function* handles(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  for (const hit of text.matchAll(afterLatin)) {
    const platform = platformNamed(hit[2]!);
    const sign =
      /[:：=>@-]/.test(hit[4]!) || hit[5]!.startsWith("@") || hit[1] !== undefined || /id\s*$/i.test(hit[3]!);
    if (!platform || (!sign && !striking(hit[5]!))) continue;
    const before = text.slice(Math.max(0, hit.index - 16), hit.index);
    const plainWord = wordy.test(hit[2]!) && /\p{Script=Latin}\s?$/u.test(before) && !inviting.test(before);
    if (plainWord && !striking(hit[5]!) && !/id/i.test((hit[1] ?? "") + hit[3]!)) continue;
    const found = named(page, platform.id, hit[5]!, hit.index + hit[0].length - hit[5]!.length);
    // A hyphen joins words ("line-up", "tele-sales"); a name after it must look like one.
    if (found && (!/^\s?-+\s?$/.test(hit[4]!) || striking(hit[5]!))) yield found;
  }
  for (const hit of text.matchAll(afterOther)) {
    const word = hit[0].slice(0, hit[0].length - hit[1]!.length - hit[2]!.length - hit[3]!.length);
    const platform = platformNamed(word);
    const found = platform
      ? named(page, platform.id, hit[3]!, hit.index + hit[0].length - hit[3]!.length)
      : null;
    if (found) yield found;
  }
  for (const hit of text.matchAll(at)) {
    const name = hit[0].replace(/[._]+$/, "");
    if (!/[a-z]/i.test(name) || name.length < 5 || filler.test(name.slice(1))) continue;
    const value = normalise("handle", name);
    yield candidate("handle", { start: hit.index, end: hit.index + name.length }, value, 1);
  }
}
