// Lists as they come: totals that contradict their rows, children called adults, Buddhist years, one name alone, Zawgyi.
import { expect, test } from "vitest";
import { assess, type Reading } from "./assess.ts";
import { readBorn } from "./dates.ts";
import { stateReader } from "./states.ts";

const now = new Date("2031-03-01T00:00:00Z");
const reading: Reading = {
  states: stateReader(),
  zawgyi: { likelihood: (text) => (text.startsWith("ဂ်") ? 1 : 0), toUnicode: () => "ဂျူး" },
  now,
};
const sheet = (...rows: string[][]) => [{ name: "People", rows }];

test("312 people whose nationalities add up to 309, on a list with four rows", () => {
  const { rows, totals, statesAddUpTo } = assess(
    sheet(
      ["List of persons (EXERCISE)", "", "", ""],
      ["Total: 312 people", "", "", ""],
      ["No", "Full name", "Nationality", "Sex"],
      ["1", "Budi Santoso", "Indonesian", "M"],
      ["2", "Nguyễn Văn Đức", "Viet Nam", "nam"],
      ["3", "Abebe", "ETH", "Male"],
      ["4", "", "", "F"],
      ["", "Indonesia", "150", ""],
      ["", "Viet Nam", "120", ""],
      ["", "Ethiopia", "39", ""],
    ),
    reading,
  );
  expect(rows).toHaveLength(4);
  expect(totals).toEqual([
    { of: "all", stated: 312, counted: 4, at: "People 2" },
    { of: "ID", stated: 150, counted: 1, at: "People 8" },
    { of: "VN", stated: 120, counted: 1, at: "People 9" },
    { of: "ET", stated: 39, counted: 1, at: "People 10" },
  ]);
  expect(statesAddUpTo).toBe(309);
  expect(rows[1]).toMatchObject({ nationality: "VN", sex: "male", row: 5, written: { No: "2" } });
  expect(rows[2]!.issues).toContain("mononym");
  expect(rows[3]!.issues).toEqual(expect.arrayContaining(["no-name", "no-nationality"]));
});

test("a child recorded as adult is said, whatever calendar the list counts in", () => {
  const { rows } = assess(
    sheet(
      ["ชื่อ-สกุล", "วันเกิด", "อายุ", "สัญชาติ", "หมายเหตุ"],
      ["สมชาย ใจดี", "12/05/2558", "21", "ไทย", ""],
      ["มานี มีนา", "๑๒ พฤษภาคม ๒๕๔๐", "", "ไทย", ""],
      ["ชูใจ ดีงาม", "30/02/2543", "", "ลาว", ""],
      ["วีระ สุข", "", "16", "ไร้สัญชาติ", "ผู้ใหญ่"],
      ["ပူ", "2599", "", "Myanmar", ""],
    ),
    reading,
  );
  expect(rows[0]).toMatchObject({
    born: { read: "2015-05-12", calendar: "buddhist", written: "12/05/2558" },
  });
  expect(rows[0]!.issues).toEqual(expect.arrayContaining(["child-as-adult", "born-buddhist", "age-differs"]));
  expect(rows[1]!.born?.read).toBe("1997-05-12");
  expect(rows[2]).toMatchObject({ born: { read: null }, nationality: "LA" });
  expect(rows[2]!.issues).toContain("born-impossible");
  expect(rows[3]).toMatchObject({
    nationality: "stateless",
    issues: expect.arrayContaining(["child-as-adult"]) as never,
  });
  expect(rows[4]!.issues).toContain("born-ahead");
});

test("Zawgyi is turned into Unicode and said; what the list wrote stays", () => {
  const { rows } = assess(sheet(["Name", "Country"], ["ဂ်ဴး", "Myanmar"]), reading);
  expect(rows[0]).toMatchObject({ name: "ဂျူး", written: { Name: "ဂ်ဴး" } });
  expect(rows[0]!.issues).toContain("zawgyi");
});

test("what is no list of people is refused by name", () => {
  expect(() => assess(sheet(["a", "b"], ["1", "2"]), reading)).toThrow("NOT_A_LIST");
  expect(() => assess(sheet(["Name", "Country"], ["", "Kenya"]), reading)).toThrow("NO_NAMES_IN_IT");
});

test.each([
  ["2540-03-04", "1997-03-04", ["born-buddhist"]],
  ["5.6.99", "1999-06-05", ["born-short-year", "born-day-month"]],
  ["36526", "2000-01-01", []],
  ["29/02/2000", "2000-02-29", []],
  ["29/02/2001", null, ["born-impossible"]],
  ["2032-01-01", null, ["born-ahead"]],
  ["1890", null, ["born-too-old"]],
  ["14 Ags 1998", null, ["born-impossible"]],
])("a date of birth written %s", (written, read, issues) => {
  expect(readBorn(written, now)).toEqual({
    born: { written, read, calendar: expect.any(String) as never },
    issues,
  });
});
