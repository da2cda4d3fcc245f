// Joint spaces as a source of main actors: what stands in the spaces the reader works in, in her own read under row security.
import { Evaluation, type Handling, type HolderRole, type Id, type SelectorType } from "@simpul/model";
import { sql } from "kysely";
import type { ActorSource, SeenLink, SeenThing } from "../actors/contract.ts";
import type { SharedFields } from "../requests/contract.ts";

/** Past it the newest count, and the page says so. */
const most = 20_000;

interface Row {
  id: Id;
  in: Id;
  kind: "subject" | "selector" | "site" | "event" | "link";
  fields: unknown;
  handling: Handling;
  evaluation: string;
}

export const spacesSource: ActorSource = {
  name: "joint",
  async seen(db) {
    const spaces = await sql<{ id: Id; title: string }>`select id, title from simpul.joint_spaces
      where purged_at is null order by changed_at desc limit 200`.execute(db.rows);
    const { rows } =
      await sql<Row>`select id, space_id as in, kind, content #> '{record,fields}' as fields, handling,
        evaluation from simpul.joint_things
      where state = 'standing' and kind in ('subject', 'selector', 'site', 'event', 'link') and content is not null
      order by arrived_at desc, id desc limit ${most}`.execute(db.rows);
    return {
      more: rows.length >= most,
      whence: spaces.rows.map((one) => ({
        id: one.id,
        number: one.title,
        title: "",
        to: `/joint/${one.id}`,
      })),
      things: rows.flatMap(thingsOf),
      links: rows.flatMap(linksOf),
    };
  },
};

function thingsOf(row: Row): SeenThing[] {
  const thing = (more: Partial<SeenThing> & Pick<SeenThing, "kind" | "names">): SeenThing => ({
    ...{ record: row.id, in: row.in, role: null, value: null, birth: null, country: null },
    ...{ position: null, holder: null, apart: row.handling.conditions?.noAutomatedMatching === true },
    ...more,
  });
  switch (row.kind) {
    case "subject": {
      const { kind, role, names, birth } = row.fields as SharedFields["subject"];
      return [thing({ kind, role, names, birth })];
    }
    case "selector": {
      const of = row.fields as SharedFields["selector"] & { type: SelectorType; role: HolderRole };
      const names = [{ text: of.canonical, language: "und" }];
      const value = of.valid ? `${of.type} ${of.canonical}` : null;
      return [thing({ kind: of.type, role: of.role, names, value, holder: of.subject })];
    }
    case "site": {
      const { names, country, position } = row.fields as SharedFields["place"];
      return [thing({ kind: "place", names, country, position })];
    }
    default:
      return [];
  }
}

function linksOf(row: Row): SeenLink[] {
  const stated = (
    id: string,
    words: string,
    of: Pick<SeenLink, "from" | "to" | "began" | "ended">,
  ): SeenLink => ({
    ...{ id, in: row.in, words, source: { kind: "officer" }, evaluation: Evaluation.parse(row.evaluation) },
    ...{ handling: row.handling, ...of },
  });
  switch (row.kind) {
    case "link": {
      const { kind, from, to, began, ended } = row.fields as SharedFields["link"];
      return [stated(row.id, `cases.link.kind.${kind}`, { from, to, began, ended })];
    }
    case "selector": {
      const { subject: from } = row.fields as SharedFields["selector"];
      const never = { to: row.id, began: null, ended: null };
      return from === null ? [] : [stated(`holds ${row.id}`, "cases.link.holds", { from, ...never })];
    }
    case "event": {
      const { kind, place, subjects, began, ended } = row.fields as SharedFields["event"];
      return place === null
        ? []
        : subjects.map((from) =>
            stated(`${row.id} ${from}`, `cases.event.kind.${kind}`, { from, to: place, began, ended }),
          );
    }
    default:
      return [];
  }
}
