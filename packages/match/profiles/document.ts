// Identity documents (profile document/1): kind, issuing state and number; MRZ with its check digits.
import { parse as parseMrz } from "mrz";
import { plain } from "./characters.ts";
import { sound, unsound, type Hints, type Normalised } from "./outcome.ts";
import { papers, type Paper } from "./papers.ts";
import { issuer, zoneIssuer } from "./states.ts";

const mrzLine = /^[A-Z0-9<]+$/;

/** The lines of a machine readable zone (ICAO Doc 9303 TD1, TD2, TD3), or null when this is none. */
export function mrzLines(text: string): string[] | null {
  const lines = text
    .toUpperCase()
    .split(/\r?\n/)
    .map((line) => line.replace(/[\s]/g, "").replace(/[«‹]/g, "<"))
    .filter((line) => line !== "");
  const width = lines[0]?.length;
  const shape = `${lines.length}x${width}`;
  return ["3x30", "2x36", "2x44"].includes(shape) && lines.every((l) => l.length === width && mrzLine.test(l))
    ? lines
    : null;
}

/** A document's number under its issuer, whatever kind of paper it is on: `PHL:P1234567A`. Takes the canonical form. */
export const documentKey = (canonical: string): string => canonical.split(":").slice(1).join(":");

function mrz(lines: string[]): Normalised {
  const read = parseMrz(lines);
  const number = (read.documentNumber ?? "").replaceAll("<", "");
  const state = (
    read.details.find((one) => one.field === "issuingState")?.value ?? lines[0]!.slice(2, 5)
  ).replaceAll("<", "");
  const from = zoneIssuer(state);
  const kind = lines[0]!.startsWith("P") ? "passport" : "card";
  const canonical = `${kind}:${from ?? state}:${number}`;
  const checks = read.details.filter((one) => one.field?.endsWith("CheckDigit"));
  if (checks.some((one) => !one.valid) || number === "")
    return unsound("document", canonical, "BAD_CHECKSUM");
  return from ? sound("document", canonical) : unsound("document", canonical, "NO_ISSUER");
}

function judged(paper: Paper, number: string): Normalised {
  const canonical = `${paper.kind}:${paper.issuer}:${number}`;
  const flaw = paper.flaw?.(number) ?? null;
  if (flaw) return unsound("document", canonical, flaw);
  return sound("document", canonical, ...(paper.confirmed ? [] : (["RULE_UNCONFIRMED"] as const)));
}

const kinds: readonly (readonly [RegExp, Paper["kind"] | "card"])[] = [
  [
    /^(?:passport|paspor|pasport|pasaporte|passaporte|pp|หนังสือเดินทาง|พาสปอร์ต|hộ chiếu|លិខិតឆ្លងដែន|护照|護照)(?:\s*(?:no|number|nomor|số|เลขที่))?[.:#\s]*/iu,
    "passport",
  ],
  [
    /^(?:national id|id card|id|nik|ktp|nric|fin|ic|mykad|cccd|cmnd|nrc|hkid|philsys|บัตรประชาชน|身份证)(?:\s*(?:no|number|nomor|số))?[.:#\s]+/iu,
    "id",
  ],
  [/^card:/i, "card"],
];

/** Reads `kind:issuer:number`, a number with the words people put before it, or the lines of an MRZ. */
export function document(value: string, hints: Hints): Normalised {
  const text = plain(value).trim();
  const zone = text.includes("<") ? mrzLines(text) : null;
  if (zone) return mrz(zone);
  let left = text;
  let kind: Paper["kind"] | "card" | null = null;
  for (const [lead, what] of kinds) {
    const found = lead.exec(left);
    if (!found) continue;
    kind = what;
    left = left.slice(found[0].length).trim();
    break;
  }
  const own = /^([A-Z]{2,3})[:\s]+(?=.*\d)/i.exec(left);
  const stated = own ? issuer(own[1]!) : null;
  if (own && stated) left = left.slice(own[0].length);
  const state = stated ?? (hints.region === undefined ? null : issuer(hints.region));
  const number = left.toUpperCase().replace(/[\s.\-_:]/g, "").replace(/(?<=[A-Z]\d{6})\(([0-9A])\)$/, "$1"); // prettier-ignore
  if (!/^[\p{L}\p{M}\p{N}/()]{5,40}$/u.test(number) || !/\d/.test(number))
    return unsound("document", text.slice(0, 80), "NOT_THIS_TYPE");
  if (kind === "card")
    return state
      ? sound("document", `card:${state}:${number}`)
      : unsound("document", `card::${number}`, "NO_ISSUER");
  const fitting = papers.filter(
    (one) =>
      (kind === null || one.kind === kind) &&
      (state === null || one.issuer === state) &&
      one.shape.test(number),
  );
  if (state === null) {
    // Only a checksum names the state by itself; a shape alone fits several.
    const proven = fitting.filter(
      (one) => one.kind === "id" && one.flaw?.(number) === null && /THA|SGP|CHN|TWN/.test(one.issuer),
    );
    if (proven.length === 1) return judged(proven[0]!, number);
    return unsound("document", `${kind ?? "document"}::${number}`, "NO_ISSUER");
  }
  const best = fitting.find((one) => one.flaw?.(number) === null) ?? fitting[0];
  if (best) return judged(best, number);
  const known = papers.some((one) => one.issuer === state && (kind === null || one.kind === kind));
  if (!known && kind !== "id" && /^[A-Z0-9]{5,9}$/.test(number))
    return sound("document", `passport:${state}:${number}`, "RULE_UNCONFIRMED");
  return unsound("document", `${kind ?? "document"}:${state}:${number}`, "BAD_SHAPE");
}
