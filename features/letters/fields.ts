// What a form asks for, field by field, filled from the request; a field that the request does not fill is left to the pen.
import { ownSize, soft, type Bilingual } from "./bilingual.ts";
import type { LetterField, ToWrite } from "./contract.ts";
import { describe, describeItem, kindWords } from "./named.ts";

export function putField(on: Bilingual, write: ToWrite, field: LetterField, number: number): void {
  const { draft, records, items } = write;
  on.heading(`field.${field}`, number);
  const text = (value: string) =>
    on.fill(field, value, (filled) => {
      on.free(filled, draft.language, "", write.translations[field]);
    });
  switch (field) {
    case "asked":
      on.fill(field, draft.questions.map((one) => one.text).join(""), () => {
        for (const [index, one] of draft.questions.entries()) {
          on.coded("categories", one.category);
          on.free(
            `${String(number)}.${String(index + 1)}  ${one.text}`,
            draft.language,
            "",
            write.translations[`questions.${String(index)}`],
          );
        }
      });
      return;
    case "facts":
      on.fill(field, draft.facts.map((one) => one.text).join(""), () => {
        for (const [index, one] of draft.facts.entries())
          on.free(
            one.text,
            one.language,
            `${one.handling.codes.join(" ")} · ${one.evaluation.source}${one.evaluation.information}`,
            write.translations[`facts.${String(index)}`],
          );
      });
      return;
    case "offence":
      on.fill(field, draft.offence, (code) => {
        on.coded("offences", code);
      });
      return;
    case "whyThere":
      text(draft.whyThere);
      return;
    case "named":
      on.fill(field, "filled", () => {
        if (records.length === 0) on.both((who) => who.say("none"), { indent: 14 });
        for (const [index, record] of records.entries())
          thing(
            on,
            write.draft.language,
            `${String(number)}.${String(index + 1)}`,
            describe(record, records),
            record.handling.codes,
          );
      });
      return;
    case "purpose":
      on.fill(field, draft.purpose, (code) => {
        on.coded("purpose", code);
      });
      return;
    case "basis":
      on.fill(field, draft.legalBasis, (code) => {
        on.coded("legalBases", code);
        if (!write.basisConfirmed) on.both((who) => `(${who.say("basis.unsure")})`, { indent: 14 });
        if (draft.legalBasisText.trim() !== "")
          on.free(draft.legalBasisText, draft.language, "", write.translations["legalBasisText"]);
      });
      return;
    case "urgency":
      on.fill(field, draft.urgent ? "urgent" : "ordinary", (code) => {
        on.both((who) => who.say(code), { indent: 14, after: 2 });
        if (draft.urgencyReason !== null) on.coded("urgency", draft.urgencyReason);
        if (draft.urgent && draft.urgencyText.trim() !== "")
          on.free(draft.urgencyText, draft.language, "", write.translations["urgencyText"]);
      });
      return;
    case "neededBy":
      on.fill(field, draft.neededBy ?? write.clock?.due ?? null, (day) => {
        on.both((who) => `${who.day(day)} (${day.slice(0, 10)}) – ${who.say("target")}`, { indent: 14 });
      });
      return;
    case "evidence":
      on.fill(field, "filled", () => {
        on.both((who) => who.say(draft.evidenceForeseen ? "evidence.yes" : "evidence.no"), {
          indent: 14,
        });
      });
      return;
    case "restrictions":
      on.fill(field, "filled", () => {
        if (draft.restrictions.trim() === "") on.both((who) => who.say("none"), { indent: 14 });
        else on.free(draft.restrictions, draft.language, "", write.translations["restrictions"]);
      });
      return;
    case "languages":
      on.fill(field, draft.languages.join(""), () => {
        on.both((who) => draft.languages.map((one) => who.languageName(one)).join(", "), { indent: 14 });
      });
      return;
    case "annexes":
      on.fill(field, "filled", () => {
        if (items.length === 0) on.both((who) => who.say("none"), { indent: 14 });
        for (const [index, item] of items.entries())
          thing(
            on,
            write.draft.language,
            `${String(number)}.${String(index + 1)}`,
            describeItem(item),
            item.handling.codes,
          );
      });
  }
}

function thing(
  on: Bilingual,
  language: string,
  number: string,
  of: ReturnType<typeof describe>,
  codes: readonly string[],
): void {
  on.flow.text(`${number}  ${of.title}`, {
    weight: 700,
    indent: 14,
    language: "und",
    after: 0,
    keep: 24,
  });
  const kind = on.pair((who) => kindWords(of, who));
  on.flow.text([kind, ...of.details, codes.join(" ")].join(" · "), {
    size: ownSize,
    grey: soft,
    indent: 14,
    language: on.theirs.language,
    after: of.link === "" ? 5 : 0,
  });
  if (of.link !== "")
    on.flow.text(`${on.label("link")}: ${of.link}`, {
      size: 9,
      indent: 14,
      language: language,
      after: 5,
    });
}
