// The letter itself: what its correspondent's form wants, filled from the request, in two languages, with reference and code.
import encodeQR from "qr";
import { Handling } from "@simpul/model";
import { LettersError, type LetterField, type ToWrite } from "./contract.ts";
import { describe, describeItem, kindWords } from "./named.ts";
import { Flow, page, stamp, textWidth } from "./paper/flow.ts";
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

export const mostPages = 40;
const recipientSize = 10;
const ownSize = 8.5;
const soft = 0.32;

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
class Writing {
  private readonly flow = new Flow();
  private readonly lacks: string[] = [];
  private fields = 0;
  constructor(
    private readonly write: ToWrite,
    private readonly from: Sender,
    private readonly at: Date,
    private readonly theirs: Speaker,
    private readonly own: Speaker | null,
  ) {}

  whole(): Letter {
    this.head();
    this.opening();
    let number = 1;
    for (const field of this.write.correspondent.fields) this.field(field, number++);
    this.ending();
    const { sheets } = this.flow;
    if (sheets.length > mostPages) throw new LettersError("LETTER_TOO_LONG", { most: mostPages });
    for (const [index, sheet] of sheets.entries()) this.edges(sheet, index + 1, sheets.length);
    const pdf = writePdf(sheets, {
      title: `${this.write.reference} ${this.write.draft.subject}`.trim(),
      author: `${this.from.agency}, ${this.from.state}`,
      language: this.theirs.language,
      at: this.at,
    });
    return { sheets, pdf, lacks: this.lacks, fields: this.fields };
  }

  /** In both languages, the recipient's first. */
  private both(say: (who: Speaker) => string, style: { indent?: number; after?: number; keep?: number } = {}): void {
    const { after = 3, ...rest } = style;
    const second = this.own === null ? null : say(this.own);
    this.flow.text(say(this.theirs), {
      size: recipientSize,
      language: this.theirs.language,
      ...rest,
      after: second === null ? after : 0.5,
    });
    if (second !== null && this.own !== null)
      this.flow.text(second, { size: ownSize, language: this.own.language, grey: soft, ...rest, after });
  }

  /** A field of the form: filled, or a line for the pen. `unusual`: what the case cannot know. */
  private fill(name: string, value: string | null, put: (value: string) => void): void {
    this.fields += 1;
    if (value !== null && value.trim() !== "") {
      put(value);
      return;
    }
    this.lacks.push(name);
    this.flow.gap(12);
    this.flow.room(8);
    this.flow.rule(0, textWidth * 0.6);
    this.flow.gap(6);
  }

  private label(key: string, values?: Record<string, string>): string {
    const first = this.theirs.say(key, values);
    return this.own === null ? first : `${first} · ${this.own.say(key, values)}`;
  }

  private row(key: string, lines: readonly string[], language: string): void {
    const width = 400;
    const top = this.flow.at;
    this.flow.text(this.label(key), { size: 8, grey: soft, language: this.theirs.language, after: 0, width });
    for (const [index, line] of lines.entries())
      this.flow.text(line, {
        language,
        after: index === lines.length - 1 ? 4 : 0,
        width: top < 190 && this.flow.sheets.length === 1 ? width : textWidth,
      });
  }

  private head(): void {
    const { write, from, theirs, own, flow } = this;
    const { correspondent: to, reference } = write;
    this.code();
    flow.text(theirs.say("title"), { size: 15, weight: 700, language: theirs.language, after: 0, width: 400 });
    if (own !== null)
      flow.text(own.say("title"), { size: 11, grey: soft, language: own.language, after: 8, width: 400 });
    this.fill("from", from.agency, () => {
      this.row("from", [from.agency, ...(from.desk === "" ? [] : [from.desk]), this.stateIn(from.state)], "und");
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
      flow.text(this.label("handling"), { size: 8, grey: soft, language: theirs.language, after: 0, keep: 14 });
      for (const code of said.codes) this.both((who) => who.say(code), { after: 1 });
      flow.text([value, said.text ?? ""].filter((one) => one !== "").join(" · "), {
        size: 8,
        grey: soft,
        after: 8,
        language: "und",
      });
    });
    this.fill("subject", write.draft.subject, (value) => {
      flow.text(this.label("subject"), { size: 8, grey: soft, language: theirs.language, after: 0, keep: 14 });
      flow.text(value, { weight: 700, language: write.draft.language, after: 8 });
    });
  }

  private stateIn(state: string): string {
    return this.pair((who) => who.state(state));
  }
  /** The same once where both languages write it alike. */
  private pair(say: (who: Speaker) => string): string {
    const all = [say(this.theirs), ...(this.own === null ? [] : [say(this.own)])];
    return [...new Set(all)].join(" · ");
  }

  private handling(): Handling {
    const { draft, records, items } = this.write;
    return Handling.union([draft.handling, ...draft.facts, ...records, ...items].map((one) => ("codes" in one ? one : one.handling)));
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

  private heading(field: LetterField, number: number): void {
    this.flow.gap(4);
    this.flow.text(`${String(number)}. ${this.label(`field.${field}`)}`, {
      weight: 700,
      size: 10.5,
      language: this.theirs.language,
      after: 2,
      keep: 30,
    });
  }

  /** What an officer wrote: in its own language, which is named. */
  private free(text: string, language: string, small = ""): void {
    this.flow.text(text, { language, indent: 14, after: 0.5 });
    const named = this.pair((who) => who.say("inLanguage", { language: who.languageName(language) }));
    this.flow.text([named, small].filter((one) => one !== "").join(" · "), {
      size: 7.5,
      grey: soft,
      indent: 14,
      language: this.theirs.language,
      after: 4,
    });
  }
  private coded(list: string, code: string): void {
    this.both((who) => who.code(list, code) ?? code, { indent: 14, after: 4 });
  }

  private field(field: LetterField, number: number): void {
    const { draft, records, items } = this.write;
    this.heading(field, number);
    const text = (value: string) =>
      this.fill(field, value, (filled) => {
        this.free(filled, draft.language);
      });
    switch (field) {
      case "asked":
        this.fill(field, draft.questions.map((one) => one.text).join(""), () => {
          for (const [index, one] of draft.questions.entries()) {
            this.coded("categories", one.category);
            this.free(`${String(number)}.${String(index + 1)}  ${one.text}`, draft.language);
          }
        });
        return;
      case "facts":
        this.fill(field, draft.facts.map((one) => one.text).join(""), () => {
          for (const one of draft.facts)
            this.free(
              one.text,
              one.language,
              `${one.handling.codes.join(" ")} · ${one.evaluation.source}${one.evaluation.information}`,
            );
        });
        return;
      case "offence":
        this.fill(field, draft.offence, (code) => {
          this.coded("offences", code);
        });
        return;
      case "whyThere":
        text(draft.whyThere);
        return;
      case "named":
        this.fill(field, "filled", () => {
          if (records.length === 0) this.both((who) => who.say("none"), { indent: 14 });
          for (const [index, record] of records.entries())
            this.thing(`${String(number)}.${String(index + 1)}`, describe(record, records), record.handling.codes);
        });
        return;
      case "purpose":
        this.fill(field, draft.purpose, (code) => {
          this.coded("purpose", code);
        });
        return;
      case "basis":
        this.fill(field, draft.legalBasis, (code) => {
          this.coded("legalBases", code);
          if (draft.legalBasisText.trim() !== "") this.free(draft.legalBasisText, draft.language);
        });
        return;
      case "urgency":
        this.fill(field, draft.urgent ? "urgent" : "ordinary", (code) => {
          this.both((who) => who.say(code), { indent: 14, after: 2 });
          if (draft.urgencyReason !== null) this.coded("urgency", draft.urgencyReason);
          if (draft.urgent && draft.urgencyText.trim() !== "") this.free(draft.urgencyText, draft.language);
        });
        return;
      case "neededBy":
        this.fill(field, draft.neededBy ?? this.write.clock?.due ?? null, (day) => {
          this.both((who) => `${who.day(day)} (${day.slice(0, 10)}) – ${who.say("target")}`, { indent: 14 });
        });
        return;
      case "evidence":
        this.fill(field, "filled", () => {
          this.both((who) => who.say(draft.evidenceForeseen ? "evidence.yes" : "evidence.no"), { indent: 14 });
        });
        return;
      case "restrictions":
        this.fill(field, "filled", () => {
          if (draft.restrictions.trim() === "") this.both((who) => who.say("none"), { indent: 14 });
          else this.free(draft.restrictions, draft.language);
        });
        return;
      case "languages":
        this.fill(field, draft.languages.join(""), () => {
          this.both((who) => draft.languages.map((one) => who.languageName(one)).join(", "), { indent: 14 });
        });
        return;
      case "annexes":
        this.fill(field, "filled", () => {
          if (items.length === 0) this.both((who) => who.say("none"), { indent: 14 });
          for (const [index, item] of items.entries())
            this.thing(`${String(number)}.${String(index + 1)}`, describeItem(item), item.handling.codes);
        });
    }
  }

  private thing(number: string, of: ReturnType<typeof describe>, codes: readonly string[]): void {
    this.flow.text(`${number}  ${of.title}`, { weight: 700, indent: 14, language: "und", after: 0, keep: 24 });
    const kind = this.pair((who) => kindWords(of, who));
    this.flow.text([kind, ...of.details, codes.join(" ")].join(" · "), {
      size: ownSize,
      grey: soft,
      indent: 14,
      language: this.theirs.language,
      after: of.link === "" ? 5 : 0,
    });
    if (of.link !== "")
      this.flow.text(`${this.label("link")}: ${of.link}`, { size: 9, indent: 14, language: this.write.draft.language, after: 5 });
  }

  private ending(): void {
    const { flow, from, theirs } = this;
    flow.gap(6);
    flow.text(this.label("answer.title"), { weight: 700, size: 10.5, language: theirs.language, after: 2, keep: 30 });
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
    stamp(sheet, [write.reference, this.pair((who) => who.say("page", pages))].filter((one) => one !== "").join(" · "), {
      x: page.left,
      y: foot,
      size: 8,
      language: theirs.language,
      grey: soft,
    });
    const marks = [
      ...(from.exercise ? ["exercise"] : []),
      ...(write.digest === null ? ["draft"] : []),
    ].map((key) => [theirs.say(key), ...(own === null ? [] : [own.say(key)])].join("  "));
    for (const [index, mark] of marks.entries())
      stamp(sheet, mark, { x: page.left, y: 28 + index * 16, size: 9, weight: 700, language: theirs.language });
    if (marks.length > 0)
      sheet.marks.push({ kind: "box", x: page.left, y: 33 + (marks.length - 1) * 16, width: textWidth, height: 0.8, grey: 0 });
  }
}
