// HTCDS 2.0: every field of the standard has a fate, what goes out comes back the same, and a bad file harms nothing.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { given } from "../../testing/data.ts";
import { AccountShape } from "./account.ts";
import { extension, fieldOf, fields } from "./fields.ts";
import { limits, readFile, writeCsv, writeJson } from "./files.ts";
import { fates, readRecord, writeRecord, type HtcdsRecord, type Told } from "./htcds.ts";

const folder = new URL("../../conformance/htcds-forced-criminality/", import.meta.url);
const example = (name: string): Buffer => readFileSync(new URL(name, folder));
const told = (record: HtcdsRecord): Told => ({ ...readRecord(record).told, status: "not-screened" });

test("every field is mapped, carried or left out, and docs/htcds.md has a line for each", () => {
  const doc = readFileSync(new URL("../../docs/htcds.md", import.meta.url), "utf8");
  for (const { name, as, to, why } of fates()) {
    expect(as === "mapped" ? to : why, name).toBeTruthy();
    expect(doc, name).toMatch(new RegExp(`^- \`${name}\`: ${as === "left-out" ? "left out" : as}`, "m"));
  }
  expect([...doc.matchAll(/^- `(\w+)`:/gm)]).toHaveLength(fields.length);
  expect(JSON.parse(example("extension.json").toString())).toEqual(
    JSON.parse(readFileSync(new URL("forced-criminality.json", import.meta.url), "utf8")),
  );
});

test("what a page shows of a file has words in every language", () => {
  const shown = ["vic_TypeOfExploitation", "vic_MethodsOfControl", "vic_MethodOfRecruitment", "fcr_Activity"];
  const codes = [...shown, "fcr_MethodsOfControl"].flatMap((name) => fieldOf(name)!.values!);
  for (const locale of ["en", "id", "km", "fil"]) {
    const file = readFileSync(new URL(`words/${locale}.json`, import.meta.url), "utf8");
    const words = JSON.parse(file) as Record<string, string>;
    expect(
      codes.filter((code) => (words[`standards.value.${code}`] ?? "") === ""),
      locale,
    ).toEqual([]);
    const labels = fields.map(({ name }) => words[`standards.field.${name}`] ?? "");
    // Every field is told from every other.
    expect(new Set(labels.filter((label) => label !== "")).size, locale).toBe(fields.length);
  }
});

const definitions = given("htcds/field-definitions.md");
const table = given("htcds/field-standards-2.0.ods");
const form = given("htcds/htcds_xlsform.xml");

test.skipIf(table === null)(
  "our list is the standard's own table: every name, every value, nothing of ours in it",
  () => {
    const xml = execFileSync("unzip", ["-p", table!, "content.xml"], { maxBuffer: 30_000_000 }).toString();
    const theirs = new Set(
      [...xml.matchAll(/>((?:org|prs|vic|per|cas|cco|hte|spl|con)_[A-Za-z]+)</g)].map(([, name]) => name!),
    );
    for (const name of theirs) expect(fieldOf(name)?.name, name).toBe(name);
    const own = new Set(extension.fields.map(({ name }) => name));
    // The table leaves the full name of one field empty.
    const ours = fields
      .map(({ name }) => name)
      .filter((name) => !own.has(name) && name !== "per_Organisation");
    expect(ours.filter((name) => !theirs.has(name))).toEqual([]);
    for (const { name, values } of fields)
      for (const value of values ?? [])
        if (!own.has(name) && !(extension.values[name] ?? []).includes(value))
          expect(xml, `${name} ${value}`).toContain(`>${value}<`);
  },
);

test.skipIf(form === null || definitions === null)(
  "the toolkit's form and the definitions hold no field and no value that we do not know",
  () => {
    const xml = readFileSync(form!, "utf8");
    for (const [, name] of xml.matchAll(/nodeset="\/data\/([a-z]{3}_\w+)"/g))
      expect(fieldOf(name!), name).not.toBeNull();
    for (const [, name, items] of xml.matchAll(/<select1? ref="\/data\/(\w+)">(.*?)<\/select1?>/g)) {
      const field = fieldOf(name!)!;
      if (field.values === undefined) continue;
      for (const [, value] of items!.matchAll(/<value>(\w+)<\/value>/g))
        expect(field.values, name).toContain(value);
    }
    // What the definitions have and the table lacks is in the extension.
    expect(readFileSync(definitions!, "utf8")).toContain("MethodsOfControlRestrictsMovement");
    expect(fieldOf("fcr_MethodsOfControl")!.values).toContain("RestrictsMovement");
  },
);

test("each valid file is taken in whole, and what is written from it reads the same again, as JSON and as CSV", () => {
  for (const name of readdirSync(new URL("valid/", folder))) {
    const records = readFile(example(`valid/${name}`));
    for (const record of records) {
      const { doubts, told: read } = readRecord(record);
      // The toolkit's form has one box for consent, which is no consent here.
      expect(
        doubts.filter((one) => one.field !== "con_Consent"),
        name,
      ).toEqual([]);
      AccountShape.parse(read.account);
      const again = writeRecord({ ...read, status: "not-screened" });
      const { con_Consent: _, ...expected } = record.fields;
      expect(again.fields, name).toEqual(expected);
      expect([again.hte, again.cco, again.spl]).toEqual([record.hte, record.cco, record.spl]);
    }
    const written = records.map((record) => writeRecord(told(record)));
    expect(readFile(Buffer.from(writeJson(written))), name).toEqual(written);
    const flat = readFile(Buffer.from(writeCsv(written)));
    expect(
      flat.map((one) => one.fields),
      name,
    ).toEqual(written.map((one) => one.fields));
    expect(
      flat.map((one) => one.hte[0]),
      name,
    ).toEqual(written.map((one) => one.hte[0]));
  }
});

test("a bad file shows its doubts, and nothing that it said is lost", () => {
  const file = JSON.parse(example("invalid/doubts.json").toString()) as { expect: [string, string][] };
  const [record] = readFile(example("invalid/doubts.json"));
  const { doubts, told: read } = readRecord(record!);
  expect(doubts.map(({ field, kind }) => [field, kind]).sort()).toEqual([...file.expect].sort());
  expect(read.facts.born).toEqual({ written: "2001-02-30", read: null, calendar: "common" });
  expect(read.account.exploitation).toEqual(["ForcedLabour"]);
  const again = writeRecord({ ...read, status: "not-screened" }).fields;
  for (const [name, value] of Object.entries(record!.fields))
    if (!["con_Consent", "per_RoleInProcess", "vic_ShoeSize", "prs_Birthdate"].includes(name))
      expect([again[name]].flat().sort(), name).toEqual([value].flat().sort());
});

test("what was learnt here goes before what the file said: a name, a status; a status in a file decides nothing", () => {
  const [record] = readFile(example("valid/scam-centre.json"));
  const read = told(record!);
  const changed = {
    ...read,
    status: "identified" as const,
    facts: { ...read.facts, names: [{ text: "Dewi A. Lestari", use: "document" as const }] },
  };
  expect(writeRecord(changed).fields).toMatchObject({
    prs_FirstName: "Dewi A. Lestari",
    vic_TraffickingStatus: "ActualVictimOfTrafficking",
  });
  expect(writeRecord(changed).fields["prs_SecondName"]).toBeUndefined();
  expect(read.account.carried["vic_TraffickingStatus"]).toBe("PossibleVictimOfTrafficking");
});

test("mononyms, the Buddhist era, other scripts, impossible days and a child's year are read as they are", () => {
  const born = (text: string) =>
    readRecord({ fields: { prs_FirstName: "ဦးသန့်", prs_Birthdate: text }, hte: [], cco: [], spl: [] }).told
      .facts;
  expect(born("2546-05-04").born).toEqual({
    written: "2546-05-04",
    read: "2003-05-04",
    calendar: "buddhist",
  });
  expect(born("2543-02-29").born?.read).toBe("2000-02-29");
  expect(born("2542-02-29").born?.read).toBeNull();
  expect(born("about 2003").born).toEqual({ written: "about 2003", read: null, calendar: "unclear" });
  expect(born("2003-05-04").names).toEqual([{ text: "ဦးသန့်", use: "document" }]);
});

test("files that want to do harm are refused or taken as text", () => {
  const refused = (bytes: string | Buffer) =>
    expect(() => readFile(Buffer.from(bytes))).toThrow(/NOT_A_FILE|TOO_LARGE/);
  refused(Buffer.from([0xff, 0xfe, 0x41]));
  refused("");
  refused("{}");
  refused("[1,2]");
  refused("a,b\n1,2\n");
  refused(
    `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data><prs_First_Name>&x;</prs_First_Name></data>`,
  );
  refused(`[${"{},".repeat(limits.records)}{}]`);
  refused(Buffer.alloc(limits.bytes + 1, 0x20));
  const [proto] = readFile(
    Buffer.from(
      '[{"__proto__":{"polluted":"yes"},"constructor":"x","prs_FirstName":"A","hte":[{"__proto__":"x","hte_City":"B"}]}]',
    ),
  );
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.keys(proto!.fields)).toEqual(["prs_FirstName"]);
  const formula = writeCsv([
    {
      fields: { prs_FirstName: '=HYPERLINK("x")', prs_MobilePhone: "+62 800 555" },
      hte: [],
      cco: [],
      spl: [],
    },
  ]);
  expect(formula).toContain(`"'=HYPERLINK(""x"")"`);
  expect(formula).toContain("+62 800 555");
});
