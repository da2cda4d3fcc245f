// The letter that calls something back, or asks for permission: it names the earlier letter and the entry, and repeats nothing.
import { Evaluation, Handling } from "@simpul/model";
import type { Bilingual } from "./bilingual.ts";
import type { EarlierThing, FollowUp } from "./contract.ts";
import { boxes, writeIn, type Letter, type Sender } from "./frame.ts";
import { describe, kindWords } from "./named.ts";
import { textWidth } from "./paper/flow.ts";
import type { Digest } from "@simpul/model";

/** Throws `CHARACTER_MISSING`, `LETTER_TOO_LONG`. The same words and the same time give the same bytes. */
export function writeFollowUp(
  write: FollowUp,
  id: string,
  digest: Digest | null,
  from: Sender,
  at: Date,
): Letter {
  const { correspondent: to, reference, language, kind } = write;
  return writeIn(
    {
      ...{ to, reference, id, digest, language },
      handling: Handling.usual,
      title: `${kind}.title`,
      subject: write.earlier.reference,
      putSubject(on) {
        on.both((who) => `${who.say(`${kind}.title`)}: ${write.earlier.reference}`, { after: 8 });
      },
      opening: [`${kind}.opening`, "check"],
      body: (on) => (write.kind === "recall" ? recall(on, write) : permission(on, write)),
      answer: [`${kind}.answer`],
    },
    from,
    at,
  );
}

function recall(on: Bilingual, write: Extract<FollowUp, { kind: "recall" }>): void {
  const { call } = write;
  on.heading("recall.what", 1);
  on.fill("what", call.kind, () => {
    on.both((who) => who.say(`recall.kind.${call.kind}`), { indent: 14, after: 4 });
    if (call.handling !== null) {
      on.both((who) => who.say("recall.terms"), { indent: 14, after: 1 });
      for (const code of call.handling.codes) on.both((who) => who.say(code), { indent: 14, after: 1 });
      if (call.endsGrants) on.both((who) => who.say("recall.endsGrants"), { indent: 14, after: 4 });
    }
    if (call.evaluation !== null) {
      const grade = Evaluation.print(call.evaluation);
      on.both((who) => `${who.say("recall.grade")}: ${grade}`, { indent: 14, after: 4 });
    }
    on.both((who) => who.say("recall.passedOn"), { indent: 14, after: 4 });
  });
  things(on, write, "recall.things", ["complied", "partly", "refused"]);
  on.heading("reason", 3);
  on.fill("reason", call.reasonCode, (code) => {
    on.coded("reasons", code);
    if (write.reason.trim() !== "") on.free(write.reason, write.language);
  });
  dueOf(on, write, 4);
}

function permission(on: Bilingual, write: Extract<FollowUp, { kind: "permission" }>): void {
  const { ask } = write;
  on.heading("permission.what", 1);
  on.fill("what", ask.action, (action) => {
    const states = (who: Parameters<Parameters<Bilingual["both"]>[0]>[0]): string =>
      ask.recipients.map((one) => who.state(one)).join(", ");
    on.both((who) => [who.say(`permission.${action}`), states(who)].filter((one) => one !== "").join(" "), {
      indent: 14,
      after: 4,
    });
    if (ask.court !== null && ask.court.trim() !== "") on.free(ask.court, write.language);
    on.coded("purpose", ask.purpose);
    on.coded("legalBases", ask.legalBasis);
  });
  things(on, write, "permission.things", ["permitted", "refused"]);
  on.heading("reason", 3);
  on.fill("reason", write.reason, (reason) => {
    on.free(reason, write.language);
  });
  dueOf(on, write, 4);
  on.heading("permission.conditions", 5);
  for (let line = 0; line < 2; line++) {
    on.flow.gap(14);
    on.flow.room(8);
    on.flow.rule(14, textWidth - 14);
  }
  on.flow.gap(8);
}

/** Each thing where the other side finds it, with boxes for its answer. */
function things(on: Bilingual, write: FollowUp, heading: string, ticks: readonly string[]): void {
  on.heading(heading, 2);
  on.fill("things", "filled", () => {
    const { reference, on: day } = write.earlier;
    on.both(
      (who) =>
        `${who.say(`${write.kind}.earlier`, { reference })}${day === null ? "" : `, ${who.day(day)} (${day})`}`,
      { indent: 14, after: 4 },
    );
    for (const [index, thing] of write.things.entries()) {
      on.flow.text(`2.${String(index + 1)}  ${named(on, thing)}`, {
        weight: 700,
        indent: 14,
        language: on.theirs.language,
        after: 1,
        keep: 40,
      });
      on.flow.text(`${thing.record} · SHA-256 ${thing.version.slice(0, 16)}…`, {
        size: 7.5,
        grey: 0.32,
        indent: 14,
        language: "en",
        after: 2,
      });
      if (thing.next !== null) replacement(on, thing);
      boxes(on, ticks);
    }
  });
}

function named(on: Bilingual, thing: EarlierThing): string {
  const kind = on.pair((who) => who.say(`kind.${thing.what}`));
  if (thing.entry !== null) return on.pair((who) => who.say("entry", { entry: thing.entry! })) + ` · ${kind}`;
  return thing.title === "" ? kind : `${thing.title} · ${kind}`;
}

/** The words that take its place. */
function replacement(on: Bilingual, { next }: EarlierThing): void {
  const to = describe(next!, []);
  on.both((who) => `${who.say("recall.next")}: ${to.title}`, { indent: 14, after: 1 });
  on.flow.text([on.pair((who) => kindWords(to, who)), ...to.details].join(" · "), {
    size: 8.5,
    grey: 0.32,
    indent: 14,
    language: on.theirs.language,
    after: 3,
  });
}

function dueOf(on: Bilingual, write: FollowUp, number: number): void {
  on.heading("field.neededBy", number);
  on.fill("neededBy", write.due, (due) => {
    on.both((who) => `${who.day(due)} (${due.slice(0, 10)})`, { indent: 14, after: 4 });
  });
}
