// The letter itself: what its correspondent's form wants, filled from the request, in two languages, with reference and code.
import encodeQR from "qr";
import { Handling } from "@simpul/model";
import { Bilingual, ownSize, soft } from "./bilingual.ts";
import type { ToWrite } from "./contract.ts";
import { putField } from "./fields.ts";
import { page, stamp, textWidth } from "./paper/flow.ts";
import type { Sheet } from "./paper/marks.ts";
import { writePdf } from "./paper/pdf.ts";
import { isLetterLanguage, speaker, type Speaker } from "./words-of.ts";

/** Who writes, in the words of her own state. */
export interface Sender {
  state: string;
  agency: string;
  desk: string;
  /** Who approved it; null in a preview. */
  officer: string | null;
  exercise: boolean;
}

export interface Letter {
  sheets: Sheet[];
  pdf: Uint8Array<ArrayBuffer>;
  /** Of the fields that the form wants, those that are left to the pen. */
  lacks: string[];
  fields: number;
}

/** Throws `CHARACTER_MISSING`, `LETTER_TOO_LONG`. The same words and the same time give the same bytes. */
export function writeLetter(write: ToWrite, from: Sender, at: Date): Letter {
  const { correspondent: to, draft } = write;
  const theirs = speaker(isLetterLanguage(to.language) ? to.language : "en");
  const own = speaker(
    isLetterLanguage(draft.language) && draft.language !== theirs.language ? draft.language : "en",
  );
  const letter = new Writing(write, from, at, theirs, own.language === theirs.language ? null : own);
  return letter.whole();
}

/** One letter while it is written. */
class Writing extends Bilingual {
  private readonly write: ToWrite;
  private readonly from: Sender;
  private readonly at: Date;
  constructor(write: ToWrite, from: Sender, at: Date, theirs: Speaker, own: Speaker | null) {
    super(theirs, own);
    this.write = write;
    this.from = from;
    this.at = at;
  }

  whole(): Letter {
    this.head();
    this.opening();
    let number = 1;
    for (const field of this.write.correspondent.fields) putField(this, this.write, field, number++);
    this.ending();
    const { sheets } = this.flow;
    for (const [index, sheet] of sheets.entries()) this.edges(sheet, index + 1, sheets.length);
    const pdf = writePdf(sheets, {
      title: `${this.write.reference} ${this.write.draft.subject}`.trim(),
      author: `${this.from.agency}, ${this.from.state}`,
      language: this.theirs.language,
      at: this.at,
    });
    return { sheets, pdf, lacks: this.lacks, fields: this.fields };
  }

  private head(): void {
    const { write, from, theirs, own, flow } = this;
    const { correspondent: to, reference } = write;
    this.code();
    flow.text(theirs.say("title"), {
      size: 15,
      weight: 700,
      language: theirs.language,
      after: 0,
      width: 400,
    });
    if (own !== null)
      flow.text(own.say("title"), { size: 11, grey: soft, language: own.language, after: 8, width: 400 });
    this.fill("from", from.agency, () => {
      this.row(
        "from",
        [from.agency, ...(from.desk === "" ? [] : [from.desk]), this.stateIn(from.state)],
        "und",
      );
    });
    this.fill("reference", reference === "" ? "–" : reference, (value) => {
      this.row("reference", [value], "en");
    });
    this.fill("date", this.at.toISOString(), (value) => {
      this.row("date", [this.pair((who) => who.day(value)), value.slice(0, 10)], "und");
    });
    const names = Object.entries(to.names).toSorted(
      ([a], [b]) => Number(b === to.language) - Number(a === to.language),
    );
    this.fill("to", names[0]?.[1] ?? "", () => {
      for (const [index, [language, name]] of names.entries())
        if (index === 0) this.row("to", [name], language);
        else flow.text(name, { language, grey: soft, size: 9, after: 0 });
    });
    this.fill("address", to.address?.join(", ") ?? null, (value) => {
      flow.text(value, { language: "und", after: 6 });
    });
    const said = this.handling();
    this.fill("handling", said.codes.join(" "), (value) => {
      flow.text(this.label("handling"), {
        size: 8,
        grey: soft,
        language: theirs.language,
        after: 0,
        keep: 14,
      });
      for (const code of said.codes) this.both((who) => who.say(code), { after: 1 });
      flow.text([value, said.text ?? ""].filter((one) => one !== "").join(" · "), {
        size: 8,
        grey: soft,
        after: 8,
        language: "und",
      });
    });
    this.fill("subject", write.draft.subject, (value) => {
      flow.text(this.label("subject"), {
        size: 8,
        grey: soft,
        language: theirs.language,
        after: 0,
        keep: 14,
      });
      const translated = write.translations["subject"];
      flow.text(value, {
        weight: 700,
        language: write.draft.language,
        after: translated === undefined ? 8 : 1,
      });
      if (translated !== undefined) flow.text(translated, { language: theirs.language, after: 8 });
    });
  }

  private handling(): Handling {
    const { draft, records, items } = this.write;
    return Handling.union(
      [draft.handling, ...draft.facts, ...records, ...items].map((one) =>
        "codes" in one ? one : one.handling,
      ),
    );
  }

  /** Top right of the first page: reference and digest, for whoever takes the letter in by camera. No personal data. */
  private code(): void {
    const { reference, digest, thread } = this.write;
    const text = ["SIMPUL", "1", reference === "" ? thread : reference, digest ?? "draft"].join(":");
    const cells = encodeQR(text, "raw", { ecc: "medium", border: 1 });
    const side = 92;
    const one = side / cells.length;
    const x = page.width - page.right - side;
    for (const [row, line] of cells.entries())
      for (const [column, dark] of line.entries())
        if (dark)
          this.flow.put({
            kind: "box",
            x: x + column * one,
            y: page.top + row * one,
            width: one + 0.02,
            height: one + 0.02,
            grey: 0,
          });
  }

  private opening(): void {
    this.flow.text(this.theirs.say(`salutation.${this.write.correspondent.salutation}`), {
      language: this.theirs.language,
      after: this.own === null ? 6 : 0.5,
      keep: 30,
    });
    if (this.own !== null)
      this.flow.text(this.own.say(`salutation.${this.write.correspondent.salutation}`), {
        language: this.own.language,
        size: ownSize,
        grey: soft,
        after: 6,
      });
    this.both((who) => who.say("opening"), { after: 4 });
    this.both((who) => who.say("original"), { after: 10 });
  }

  private ending(): void {
    const { flow, from, theirs } = this;
    flow.gap(6);
    flow.text(this.label("answer.title"), {
      weight: 700,
      size: 10.5,
      language: theirs.language,
      after: 2,
      keep: 30,
    });
    this.both((who) => who.say("answer.text"), { after: 3 });
    this.both((who) => who.say("terms"), { after: 10 });
    flow.room(170);
    this.both((who) => who.say("closing"), { after: 10 });
    this.fill("approved", from.officer ?? "–", (value) => {
      this.row("approved", [value, from.agency], "und");
    });
    // Two things stay for the pen, by their nature: the sender's hand, the recipient's register.
    for (const key of ["signature", "received"]) {
      this.fill(key, null, () => undefined);
      this.under(key);
    }
    this.both((who) => who.say("code"), { after: 0 });
  }
  private under(key: string): void {
    this.flow.text(this.label(key), { size: 8, grey: soft, language: this.theirs.language, after: 8 });
  }

  /** The marks at the edges of each page: that it is an exercise or a draft, the reference, which page of how many. */
  private edges(sheet: Sheet, number: number, of: number): void {
    const { theirs, own, write, from } = this;
    const foot = page.height - 34;
    const pages = { page: String(number), pages: String(of) };
    stamp(
      sheet,
      [write.reference, this.pair((who) => who.say("page", pages))].filter((one) => one !== "").join(" · "),
      {
        x: page.left,
        y: foot,
        size: 8,
        language: theirs.language,
        grey: soft,
      },
    );
    const marks = [...(from.exercise ? ["exercise"] : []), ...(write.digest === null ? ["draft"] : [])].map(
      (key) => [theirs.say(key), ...(own === null ? [] : [own.say(key)])].join("  "),
    );
    for (const [index, mark] of marks.entries())
      stamp(sheet, mark, {
        x: page.left,
        y: 28 + index * 16,
        size: 9,
        weight: 700,
        language: theirs.language,
      });
    if (marks.length > 0)
      sheet.marks.push({
        kind: "box",
        x: page.left,
        y: 33 + (marks.length - 1) * 16,
        width: textWidth,
        height: 0.8,
        grey: 0,
      });
  }
}
