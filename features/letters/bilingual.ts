// Writing in two languages at once, the recipient's first: sentences, headings, codes, free text in its own language, gaps.
import { Flow, textWidth } from "./paper/flow.ts";
import type { Speaker } from "./words-of.ts";

export const recipientSize = 10;
export const ownSize = 8.5;
export const soft = 0.32;

export class Bilingual {
  readonly flow = new Flow();
  /** Fields that are left to the pen. */
  readonly lacks: string[] = [];
  fields = 0;
  readonly theirs: Speaker;
  /** The sender's language beside it; null where it is the same. */
  readonly own: Speaker | null;
  constructor(theirs: Speaker, own: Speaker | null) {
    this.theirs = theirs;
    this.own = own;
  }

  /** In both languages, the recipient's first. */
  both(say: (who: Speaker) => string, style: { indent?: number; after?: number; keep?: number } = {}): void {
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
  fill(name: string, value: string | null, put: (value: string) => void): void {
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

  label(key: string, values?: Record<string, string>): string {
    const first = this.theirs.say(key, values);
    return this.own === null ? first : `${first} · ${this.own.say(key, values)}`;
  }

  row(key: string, lines: readonly string[], language: string): void {
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

  stateIn(state: string): string {
    return this.pair((who) => who.state(state));
  }
  /** The same once where both languages write it alike. */
  pair(say: (who: Speaker) => string): string {
    const all = [say(this.theirs), ...(this.own === null ? [] : [say(this.own)])];
    return [...new Set(all)].join(" · ");
  }

  heading(key: string, number: number): void {
    this.flow.gap(4);
    this.flow.text(`${String(number)}. ${this.label(key)}`, {
      role: "H2",
      weight: 700,
      size: 10.5,
      language: this.theirs.language,
      after: 2,
      keep: 30,
    });
  }

  /** What an officer wrote: in its own language, which is named. */
  /** `translated`: the same in the language of the letter, where an officer put it there. */
  free(text: string, language: string, small = "", translated?: string): void {
    this.flow.text(text, { language, indent: 14, after: 0.5 });
    const named = this.pair((who) => who.say("inLanguage", { language: who.languageName(language) }));
    this.flow.text([named, small].filter((one) => one !== "").join(" · "), {
      size: 7.5,
      grey: soft,
      indent: 14,
      language: this.theirs.language,
      after: 4,
    });
    if (translated === undefined || language === this.theirs.language) return;
    this.flow.text(translated, {
      language: this.theirs.language,
      size: recipientSize,
      indent: 14,
      after: 0.5,
    });
    this.flow.text(
      this.pair((who) => who.say("translated")),
      {
        size: 7.5,
        grey: soft,
        indent: 14,
        language: this.theirs.language,
        after: 4,
      },
    );
  }
  coded(list: string, code: string): void {
    this.both((who) => who.code(list, code) ?? code, { indent: 14, after: 4 });
  }
}
