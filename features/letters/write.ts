// The letter of a request: what its correspondent's form wants, filled from the request, in two languages.
import { Handling } from "@simpul/model";
import type { ToWrite } from "./contract.ts";
import { putField } from "./fields.ts";
import { writeIn, type Letter, type Sender } from "./frame.ts";

/** Throws `CHARACTER_MISSING`, `LETTER_TOO_LONG`. The same words and the same time give the same bytes. */
export function writeLetter(write: ToWrite, from: Sender, at: Date): Letter {
  const { correspondent: to, draft, records, items } = write;
  const translated = write.translations["subject"];
  return writeIn(
    {
      ...{ to, reference: write.reference, id: write.thread, digest: write.digest, language: draft.language },
      handling: Handling.union(
        [draft.handling, ...draft.facts, ...records, ...items].map((one) =>
          "codes" in one ? one : one.handling,
        ),
      ),
      title: write.formal ? "formal.title" : "title",
      subject: draft.subject,
      putSubject({ flow, theirs }) {
        const after = translated === undefined ? 8 : 1;
        flow.text(draft.subject, { weight: 700, language: draft.language, after });
        if (translated !== undefined) flow.text(translated, { language: theirs.language, after: 8 });
      },
      opening: ["opening", "original"],
      body(on) {
        for (const [index, field] of to.fields.entries()) putField(on, write, field, index + 1);
      },
      answer: ["answer.text", "terms"],
    },
    from,
    at,
  );
}
