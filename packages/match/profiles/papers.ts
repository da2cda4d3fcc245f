// Identity numbers and passports state by state: shape, checksum where one is public, and whether that is confirmed.
import type { Reason } from "./outcome.ts";

export interface Paper {
  /** Three-letter issuer (ICAO Doc 9303). */
  issuer: string;
  kind: "id" | "passport";
  name: string;
  shape: RegExp;
  /** What is wrong with a number of the right shape; null when nothing is. Absent where no checksum is public. */
  flaw?: (number: string) => Reason | null;
  /** The rule is public and well established; false means "to be confirmed" by the state's own experts. */
  confirmed: boolean;
}

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);

/** Day and month can exist; the century does not matter. */
function calendar(month: number, day: number): boolean {
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31)
  );
}

function thai(number: string): Reason | null {
  const sum = weighted(number, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return (11 - (sum % 11)) % 10 === Number(number[12]) ? null : "BAD_CHECKSUM";
}

// Permendagri 137/2017 and its successors: the province codes that a NIK begins with.
const provinces = new Set(
  "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96 97".split(
    " ",
  ),
);

function indonesian(number: string): Reason | null {
  const day = Number(number.slice(6, 8));
  const real = calendar(Number(number.slice(8, 10)), day > 40 ? day - 40 : day); // Women: day plus forty.
  return provinces.has(number.slice(0, 2)) && real && !number.endsWith("0000") ? null : "BAD_SHAPE";
}

function malaysian(number: string): Reason | null {
  const place = Number(number.slice(6, 8));
  // National Registration Department: place codes that were never given out.
  const never =
    place === 0 || (place >= 17 && place <= 20) || [69, 70, 73, 80, 81, 94, 95, 96, 97].includes(place);
  return calendar(Number(number.slice(2, 4)), Number(number.slice(4, 6))) && !never ? null : "BAD_SHAPE";
}

function singaporean(number: string): Reason | null {
  const first = number[0]!;
  const offset = first === "T" || first === "G" ? 4 : first === "M" ? 3 : 0;
  const letters = first === "M" ? "XWUTRQPNJLK" : "ST".includes(first) ? "JZIHGFEDCBA" : "XWUTRQPNMLK";
  const sum = weighted(number.slice(1), [2, 7, 6, 5, 4, 3, 2]) + offset;
  return letters[sum % 11] === number[8] ? null : "BAD_CHECKSUM";
}

function vietnamese(number: string): Reason | null {
  const province = Number(number.slice(0, 3)); // Circular 59/2021/TT-BCA: province, century and sex, year, serial.
  return province >= 1 && province <= 96 ? null : "BAD_SHAPE";
}

function chinese(number: string): Reason | null {
  const sum = weighted(number, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]); // GB 11643-1999
  return "10X98765432"[sum % 11] === number[17] ? null : "BAD_CHECKSUM";
}

function taiwanese(number: string): Reason | null {
  const letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(number[0]!) + 10;
  const sum =
    Math.floor(letter / 10) + (letter % 10) * 9 + weighted(number.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1]);
  return sum % 10 === 0 ? null : "BAD_CHECKSUM";
}

function hongKong(number: string): Reason | null {
  const bare = number.padStart(9, " ");
  const value = (letter: string): number =>
    letter === " " ? 36 : letter >= "A" ? letter.charCodeAt(0) - 55 : Number(letter);
  const sum = Array.from(bare.slice(0, 8)).reduce((all, letter, i) => all + value(letter) * (9 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return (check === 10 ? "A" : String(check)) === bare[8] ? null : "BAD_CHECKSUM";
}

const id = (
  issuer: string,
  name: string,
  shape: RegExp,
  flaw?: Paper["flaw"],
  confirmed = flaw !== undefined,
): Paper => ({
  issuer,
  kind: "id",
  name,
  shape,
  confirmed,
  ...(flaw ? { flaw } : {}),
});
// ICAO Doc 9303 gives nine characters and a check digit in the MRZ only: the printed number has none of its own.
const passport = (issuer: string, shape: RegExp): Paper => ({
  issuer,
  kind: "passport",
  name: "passport",
  shape,
  confirmed: false,
});

export const papers: readonly Paper[] = [
  id("THA", "Thai national identification number", /^[0-8]\d{12}$/, thai),
  id("IDN", "NIK", /^\d{16}$/, indonesian),
  id("MYS", "MyKad", /^\d{12}$/, malaysian),
  id("SGP", "NRIC or FIN", /^[STFGM]\d{7}[A-Z]$/, singaporean),
  id("VNM", "CCCD", /^\d{12}$/, vietnamese),
  id("VNM", "CMND", /^\d{9}$/),
  id("PHL", "PhilSys card number", /^\d{16}$/),
  id("PHL", "PhilSys number", /^\d{12}$/),
  id("KHM", "Khmer identity card", /^\d{9}$/),
  id("LAO", "Lao identity card", /^\d{8,14}$/),
  id(
    "MMR",
    "NRC",
    /^(?:1[0-4]|[1-9])\/[A-Z\u1000-\u109F]{3,18}\((?:N|C|P|E|T|NAING|PYU|EH|နိုင်|ပြု|ဧည့်)\)\d{6}$/,
  ),
  id("BRN", "Brunei identity card", /^(?:00|01|30|31|50|51)\d{6}$/),
  id("TLS", "electoral or identity card", /^\d{7,16}$/),
  id("CHN", "resident identity number", /^\d{17}[\dX]$/, chinese),
  id("TWN", "national identification number", /^[A-Z][1289]\d{8}$/, taiwanese),
  id("HKG", "HKID", /^[A-Z]{1,2}\d{6}[\dA]$/, hongKong),
  passport("THA", /^[A-Z]{1,2}\d{6,7}$/),
  passport("IDN", /^[A-Z]\d{7}$|^[A-Z]{2}\d{6,7}$/),
  passport("MYS", /^[A-Z]\d{8}$/),
  passport("SGP", /^[A-Z]\d{7}[A-Z]$/),
  passport("PHL", /^[A-Z]\d{7}[A-Z]$|^[A-Z]{2}\d{6,7}$/),
  passport("VNM", /^[A-Z]\d{7,8}$/),
  passport("KHM", /^[A-Z]?\d{7,8}$/),
  passport("LAO", /^[A-Z]{1,2}\d{6,7}$/),
  passport("MMR", /^[A-Z]{1,2}\d{6,7}$/),
  passport("BRN", /^[A-Z]\d{6,7}$/),
  passport("TLS", /^[A-Z]{1,2}\d{6,7}$/),
  passport("CHN", /^[A-Z]\d{8}$|^[A-Z]{2}\d{7}$/),
  passport("IND", /^[A-Z]\d{7}$/),
  passport("HKG", /^[HK][A-Z]?\d{7,8}$/),
  passport("TWN", /^\d{9}$/),
];
