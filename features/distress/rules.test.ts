// Numbers in any script, clocks that are never late, who must not be told, what looks alike, and a line that shuts nobody out.
import { expect, test } from "vitest";
import { notToTell, type Said } from "./contract.ts";
import {
  alike,
  clockFrom,
  dueSteps,
  excludedBecause,
  grouped,
  numberIn,
  pressing,
  type Candidate,
} from "./rules.ts";
import { looking, sending, WaitingLine } from "./waiting-line.ts";
import { numberOf, openReply, replyKeys, sealReply } from "./number.ts";

const blank: Said = {
  ...{ language: "my", where: "", many: null, danger: null, child: false, answer: null, contact: "" },
  ...{ not: [], notOther: "", more: "", for: null, call: null },
};

test("a number is read in the digits of her own keyboard, however she groups it", () => {
  for (const typed of [
    "1234 5678 9012",
    "123456789012",
    "1234-5678-9012",
    " ១២៣៤ ៥៦៧៨ ៩០១២",
    "၁၂၃၄၅၆၇၈၉၀၁၂",
    "๑๒๓๔๕๖๗๘๙๐๑๒",
    "໑໒໓໔໕໖໗໘໙໐໑໒",
    "௧௨௩௪௫௬௭௮௯௦௧௨",
  ])
    expect(numberIn(typed)).toBe("123456789012");
  for (const typed of ["", "12345678901", "1234567890123", "1234 5678 901x", "<script>"])
    expect(numberIn(typed)).toBeNull();
  expect(grouped("123456789012")).toBe("1234 5678 9012");
});

test("the alarm comes in time: told after 15 minutes at most, then to supervisors, then by telephone", () => {
  const clock = clockFrom(new Date("2031-04-17T02:04:59Z"));
  expect(clock.toISOString()).toBe("2031-04-17T02:00:00.000Z");
  const at = (text: string) => dueSteps(clock, new Date(`2031-04-17T${text}Z`));
  expect(at("02:14:59")).toEqual([]);
  expect(at("02:15:00")).toEqual(["duty"]);
  expect(at("03:00:00")).toEqual(["duty", "supervisor"]);
  expect(at("03:30:00")).toEqual(["duty", "supervisor", "phone"]);
});

const desk = (more: Partial<Candidate>): Candidate => ({
  ...{ state: "id", desk: "d1", agency: "a1", agencyKind: "police", officers: ["o1", "o2"] },
  ...more,
});

test("whom the caller or the desk suspects is kept out: by kind, agency, desk, one of its officers, or the whole state", () => {
  expect(excludedBecause(desk({}), { not: ["police"] }, [])).toEqual({ by: "caller", word: "police" });
  expect(excludedBecause(desk({ agencyKind: "cyber-crime" }), { not: ["police"] }, [])).not.toBeNull();
  expect(excludedBecause(desk({ agencyKind: "immigration" }), { not: ["police"] }, [])).toBeNull();
  expect(excludedBecause(desk({ agencyKind: "consular" }), { not: ["embassy"] }, [])).not.toBeNull();
  for (const one of [
    { kind: "desk", id: "d1" },
    { kind: "agency", id: "a1" },
    { kind: "officer", id: "o2" },
    { kind: "state", id: "id" },
  ] as const)
    expect(excludedBecause(desk({}), { not: [] }, [one])).toEqual({ by: "desk", kind: one.kind });
  expect(
    excludedBecause(desk({}), { not: ["guards", "family", "other"] }, [{ kind: "desk", id: "d2" }]),
  ).toBeNull();
  // Every word that a caller can say is known to the rule.
  for (const word of notToTell) expect(() => excludedBecause(desk({}), { not: [word] }, [])).not.toThrow();
});

test("two calls are alike by a number however written, by a name, by a place; a short word is not a place", () => {
  const call = (person: string, phone: string) => ({
    ...{ caller: null, callerName: "", callBack: null, callBackNote: "", nationality: "", finished: true },
    ...{ person, phone },
  });
  const a = {
    ...blank,
    where: "Blue gate behind the Crown hotel, Bavet",
    call: call("Dewi Lestari", "+62 812 3456 7891"),
  };
  expect(alike(a, { ...blank, more: "call ០៨១២ ៣៤៥៦ ៧៨៩១ please" })).toEqual(["phone"]);
  expect(alike(a, { ...blank, call: call("dewi  LESTARI", "") })).toEqual(["name"]);
  expect(alike(a, { ...blank, where: "near Crown hotel Bavet" })).toEqual(["place"]);
  expect(alike(a, { ...blank, where: "a hotel" })).toEqual([]);
  expect(alike(blank, blank)).toEqual([]);
});

test("nobody has looked yet comes before danger, danger before the rest, a child before an adult", () => {
  const all = [
    { taken: true, danger: "life", child: true },
    { taken: false, danger: null, child: false },
    { taken: false, danger: "hurt", child: false },
    { taken: false, danger: "life", child: true },
    { taken: false, danger: "life", child: false },
  ] as const;
  expect([...all].sort((a, b) => pressing(a) - pressing(b))).toEqual([
    all[3],
    all[4],
    all[2],
    all[1],
    all[0],
  ]);
});

test("a flood from a shared address slows down, and whoever waits gets through", () => {
  let ms = 1_900_000_000_000;
  const from = {
    clock: { now: () => new Date(ms) },
    random: { bytes: (n: number) => new Uint8Array(n).fill(7) },
  };
  const line = new WaitingLine(from, sending);
  for (let i = 0; i < sending.address; i++) expect(line.ask("shared", `flood-${String(i)}`, "")).toBeNull();
  const wait = line.ask("shared", "her form", "")!;
  expect(wait.seconds).toBe(20);
  // Not before its time, not with another form, not with a made-up ticket.
  ms += 5_000;
  expect(line.ask("shared", "her form", wait.ticket)?.seconds).toBe(15);
  ms += 15_000;
  expect(line.ask("shared", "another form", wait.ticket)?.seconds).toBe(20);
  expect(line.ask("shared", "her form", `${wait.ticket.slice(0, -1)}x`)?.seconds).toBe(20);
  expect(line.ask("shared", "her form", wait.ticket)).toBeNull();
  // Others are not held up by that address.
  expect(line.ask("elsewhere", "a form", "")).toBeNull();
  // A flood from very many addresses slows everybody and stops nobody.
  const wide = new WaitingLine(from, looking);
  for (let i = 0; i < looking.node; i++) expect(wide.ask(`a${String(i)}`, "f", "")).toBeNull();
  const late = wide.ask("hers", "her form", "")!;
  ms += 20_000;
  expect(wide.ask("hers", "her form", late.ticket)).toBeNull();
});

test("a form has one number; what stands behind it opens by that number alone, and its length tells nothing", async () => {
  const secret = new Uint8Array(32).fill(1);
  const number = numberOf(secret, "A".repeat(22));
  expect(number).toMatch(/^\d{12}$/);
  expect(numberOf(secret, "A".repeat(22))).toBe(number);
  expect(numberOf(new Uint8Array(32).fill(2), "A".repeat(22))).not.toBe(number);
  const [keys, others] = [(await replyKeys(secret, number))!, (await replyKeys(secret, "000000000000"))!];
  const short = sealReply(keys, { kind: "arrived", text: "", day: "2031-04-17" });
  const long = sealReply(keys, { kind: "answer", text: "x".repeat(700), day: "2031-04-17" });
  expect(short.length).toBe(long.length);
  expect(openReply(keys, long).text).toHaveLength(700);
  expect(() => openReply(others, long)).toThrow();
});
