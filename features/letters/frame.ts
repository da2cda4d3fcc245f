// What every letter has around what it says: whom from and to, reference and code, greeting, how to answer, lines for the pen.
import encodeQR from "qr";
import type { Digest, Handling } from "@simpul/model";
import { Bilingual, soft } from "./bilingual.ts";
import type { Correspondent } from "./contract.ts";
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

/** What one letter says beside its body. */
export interface Frame {
  to: Pick<Correspondent, "names" | "language" | "address" | "salutation">;
  /** Empty in a preview. */
  reference: string;
  /** Stands in the code while there is no reference. */
  id: string;
  /** Of exactly what is said; null in a preview. */
  digest: Digest | null;
  /** The sender's, e.g. that of the request. */
  language: string;
  handling: Handling;
  title: string;
  /** For the file's title; the letter itself prints it with `putSubject`. */
  subject: string;
  putSubject(on: Bilingual): void;
  opening: readonly string[];
  body(on: Bilingual): void;
  answer: readonly string[];
}

/** Throws `CHARACTER_MISSING`, `LETTER_TOO_LONG`. The same words and the same time give the same bytes. */
export function writeIn(frame: Frame, from: Sender, at: Date): Letter {
  const theirs = speaker(isLetterLanguage(frame.to.language) ? frame.to.language : "en");
  const own = speaker(
    isLetterLanguage(frame.language) && frame.language !== theirs.language ? frame.language : "en",
  );
  return new Writing(frame, from, at, theirs, own.language === theirs.language ? null : own).whole();
}

/** One letter while it is written. */
class Writing extends Bilingual {
  private readonly frame: Frame;
  private readonly from: Sender;
  private readonly at: Date;
  constructor(frame: Frame, from: Sender, at: Date, theirs: Speaker, own: Speaker | null) {
    super(theirs, own);
    this.frame = frame;
    this.from = from;
    this.at = at;
  }

  whole(): Letter {
    this.head();
    this.opening();
    this.frame.body(this);
    this.ending();
    const { sheets } = this.flow;
    for (const [index, sheet] of sheets.entries()) this.edges(sheet, index + 1, sheets.length);
    const pdf = writePdf(sheets, {
      title: `${this.frame.reference} ${this.frame.subject}`.trim(),
      author: `${this.from.agency}, ${this.from.state}`,
      language: this.theirs.language,
      at: this.at,
    });
    return { sheets, pdf, lacks: this.lacks, fields: this.fields };
  }

  private head(): void {
    const { frame, from, theirs, own, flow } = this;
    const { to, reference, handling: said } = frame;
    this.code();
    flow.text(theirs.say(frame.title), {
      size: 15,
      weight: 700,
      role: "H1",
      language: theirs.language,
      after: 0,
      width: 400,
    });
    if (own !== null)
      flow.text(own.say(frame.title), { size: 11, grey: soft, language: own.language, after: 8, width: 400 });
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
    this.fill("subject", frame.subject, () => {
      flow.text(this.label("subject"), {
        size: 8,
        grey: soft,
        language: theirs.language,
        after: 0,
        keep: 14,
      });
      frame.putSubject(this);
    });
  }

  /** Top right of the first page: reference and digest, for whoever takes the letter in by camera. No personal data. */
  private code(): void {
    const { reference, digest, id } = this.frame;
    const text = ["SIMPUL", "1", reference === "" ? id : reference, digest ?? "draft"].join(":");
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
    const greeting = `salutation.${this.frame.to.salutation}`;
    this.both((who) => who.say(greeting), { after: 6, keep: 30 });
    for (const [index, key] of this.frame.opening.entries())
      this.both((who) => who.say(key), { after: index === this.frame.opening.length - 1 ? 10 : 4 });
  }

  private ending(): void {
    const { flow, from, theirs } = this;
    flow.gap(6);
    flow.text(this.label("answer.title"), {
      role: "H2",
      weight: 700,
      size: 10.5,
      language: theirs.language,
      after: 2,
      keep: 30,
    });
    for (const [index, key] of this.frame.answer.entries())
      this.both((who) => who.say(key), { after: index === this.frame.answer.length - 1 ? 10 : 3 });
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
    const { theirs, own, frame, from } = this;
    const foot = page.height - 34;
    const pages = { page: String(number), pages: String(of) };
    stamp(
      sheet,
      [frame.reference, this.pair((who) => who.say("page", pages))].filter((one) => one !== "").join(" · "),
      {
        x: page.left,
        y: foot,
        size: 8,
        language: theirs.language,
        grey: soft,
      },
    );
    const marks = [...(from.exercise ? ["exercise"] : []), ...(frame.digest === null ? ["draft"] : [])].map(
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

/** A line to tick for each answer that the recipient may give. */
export function boxes(on: Bilingual, ticks: readonly string[]): void {
  for (const tick of ticks) {
    on.flow.room(14);
    const top = on.flow.at + 2;
    on.flow.box(14, top, 8);
    on.flow.text(on.label(`tick.${tick}`), {
      size: 9,
      indent: 28,
      language: on.theirs.language,
      after: 1,
    });
  }
  on.flow.gap(6);
}
