// Search finds words of every script of the region, parts and misspellings, and never what the reader may not see.
import { Id } from "@simpul/model";
import type { Officer } from "@simpul/model";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { testStore } from "../../../testing/database.ts";
import { fileForSearch, find, takeFromSearch } from "../index.ts";
import type { Entry, OpenStore, Search, Standing } from "../index.ts";
import { systemClock, systemRandom } from "../keys/index.ts";
import { fold, numbersOf, partOf, queryOf, wordsOf } from "./words.ts";

const id = (): Id => Id.make({ clock: systemClock, random: systemRandom });
const officer = (roles: Officer["roles"] = ["investigator"], desk = id()): Standing => ({
  actor: {
    kind: "officer",
    id: id(),
    node: "id" as never,
    agency: id(),
    agencyKind: "police",
    desk,
    roles,
    provenAt: null,
  },
  purpose: "crime-investigation",
});
const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "administration" };
const sari = officer();
const dara = officer();
const sariCase = id();

let store: OpenStore;
beforeAll(async () => {
  ({ store } = await testStore({ migrations: [new URL("../faults/tables/", import.meta.url)] }));
  await store.write(job, async (tx) => {
    await sql`insert into simpul.test_cases values (${sariCase}, ${(sari.actor as Officer).id})`.execute(
      tx.rows,
    );
    tx.note("test.prepared", {});
  });
});

const file = (standing: Standing, ...entries: Entry[]): Promise<void> =>
  store.write(standing, async (tx) => {
    await fileForSearch(tx, entries);
    tx.note("test.filed", {});
  });
const titles = (standing: Standing, search: Search | string): Promise<string[]> =>
  store.read(standing, async (db) => {
    db.noteRead("test.searched", {});
    const page = await find(db, typeof search === "string" ? { text: search } : search);
    return page.hits.map((hit) => hit.title);
  });
const entry = (title: string, text = "", more: Partial<Entry> = {}): Entry => ({
  kind: "note",
  id: id(),
  case: sariCase,
  title,
  text,
  at: new Date(),
  ...more,
});

describe("words", () => {
  test.each([
    ["Nguyễn Văn Đức", "nguyen van duc"],
    ["ＰＴ Maju", "pt maju"],
    ["โทร ๐๘๑-๒๓๔", "โทร 081-234"],
    ["លេខ ០១២", "លេខ 012"],
    ["ဖုန်း ၀၉", "ဖုန်း 09"],
    ["Ünïcödé", "unicode"],
  ])("%s is folded to %s", (text, folded) => expect(fold(text)).toBe(folded.normalize("NFC")));

  test("are cut by dictionary where a script has no spaces", () => {
    expect(wordsOf("ทำงานที่คาสิโนในปอยเปต").length).toBeGreaterThan(3);
    expect(wordsOf("ការងារនៅកាស៊ីណូ").length).toBeGreaterThan(1);
    expect(wordsOf("ເຮັດວຽກຢູ່ຄາຊິໂນ").length).toBeGreaterThan(1);
    expect(wordsOf("မြန်မာနိုင်ငံအလုပ်").length).toBeGreaterThan(1);
    expect(wordsOf("柬埔寨高薪工作").length).toBeGreaterThan(1);
  });

  test("of a number are joined whatever stands between the groups", () => {
    expect(numbersOf("call +62 (812) 3456-7890 now")).toEqual(["6281234567890"]);
    expect(queryOf("0812-3456 789")).toBe("'08123456789':*");
    expect(queryOf("  !? ")).toBeNull();
    expect(queryOf("o'brien \\ x")).toContain("'brien'");
    expect(partOf("ab")).toBeNull();
    expect(partOf("100%_a")).toBe("%100\\%\\_a%");
  });
});

describe("search", () => {
  test.each([
    ["thai", "รับสมัครงานคาสิโนปอยเปต เงินเดือนสูง", "คาสิโน"],
    ["khmer", "ជ្រើសរើសបុគ្គលិកធ្វើការនៅកាស៊ីណូ", "បុគ្គលិក"],
    ["lao", "ຮັບສະໝັກພະນັກງານ ເຮັດວຽກຢູ່ຄາຊິໂນ", "ພະນັກງານ"],
    ["burmese", "မြန်မာနိုင်ငံတွင် အလုပ်ခေါ်စာ", "အလုပ်"],
    ["chinese", "柬埔寨高薪工作 包吃住", "高薪"],
    ["vietnamese", "Tuyển nhân viên Nguyễn Thị Hương", "nguyen thi huong"],
    ["indonesian", "Lowongan kerja operator judi di Sihanoukville", "sihanouk"],
    ["number", "transfer ke rekening 123-4567-89012", "1234567 89012"],
    ["end of a number", "WhatsApp +62 812 7654 3210", "0812 7654 3210"],
    ["part", "https://jackpot-casino.example/register", "ckpot-cas"],
    ["misspelt", "Rahmat Hidayatullah", "rahmat hidayatulah"],
  ])("finds %s", async (_, text, wanted) => {
    await file(sari, entry(text));
    expect(await titles(sari, wanted)).toContain(text);
  });

  test("shows only what the reader sees, and the same to a peer: nothing", async () => {
    await file(sari, entry("Sunflower compound"));
    expect(await titles(sari, "sunflower")).toEqual(["Sunflower compound"]);
    for (const text of ["sunflower", "nflowe", "sunflowre compund"])
      expect(await titles(dara, text)).toEqual([]);
    expect(
      await titles(
        { actor: { kind: "peer", node: "kh" as never }, purpose: "mutual-assistance" },
        "sunflower",
      ),
    ).toEqual([]);
    await expect(file(dara, entry("Forged"))).rejects.toThrow(/row-level security/);
  });

  test("outside a case finds an officer's own records, and those of her desk for its supervisor", async () => {
    const desk = (dara.actor as Officer).desk;
    await file(
      dara,
      entry("Loose receipt", "", { case: undefined, officer: (dara.actor as Officer).id, desk } as never),
    );
    expect(await titles(dara, "receipt")).toEqual(["Loose receipt"]);
    expect(await titles(officer(["supervisor"], desk), "receipt")).toEqual(["Loose receipt"]);
    expect(await titles(officer(["investigator"], desk), "receipt")).toEqual([]);
    expect(await titles(sari, "receipt")).toEqual([]);
  });

  test("files a record anew, forgets it, narrows by kind and case, and turns pages in a steady order", async () => {
    const one = entry("Paper lantern");
    await file(sari, one);
    await file(sari, { ...one, title: "Paper kite" });
    expect(await titles(sari, "lantern")).toEqual([]);
    expect(await titles(sari, { text: "kite", kinds: ["case"] })).toEqual([]);
    expect(await titles(sari, { text: "kite", case: id() })).toEqual([]);
    expect(await titles(sari, { text: "kite", case: sariCase, kinds: ["note"] })).toEqual(["Paper kite"]);
    await store.write(sari, async (tx) => {
      await takeFromSearch(tx, one.kind, one.id);
      tx.note("test.taken", {});
    });
    expect(await titles(sari, "kite")).toEqual([]);
    await file(sari, ...Array.from({ length: 25 }, (_, i) => entry(`Harbour ${String(i)}`)));
    const first = await titles(sari, { text: "harbour", limit: 20 });
    const rest = await titles(sari, { text: "harbour", limit: 20, offset: 20 });
    expect(new Set([...first, ...rest]).size).toBe(25);
    expect(rest).toHaveLength(5);
  });

  test("of nothing finds nothing, and of too much is refused", async () => {
    expect(await titles(sari, " ?! ")).toEqual([]);
    expect(await titles(sari, "'; drop table x; -- \\ & | ! :* <->")).toEqual([]);
    await expect(titles(sari, "x".repeat(501))).rejects.toMatchObject({ code: "BAD_QUERY" });
  });
});
