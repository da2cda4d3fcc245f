// Cases as a source of actors: all that the reader sees in all cases she sees, in one read under row security.
import type { Handling, HolderRole, Id, SelectorType } from "@simpul/model";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Graded, Name, Position, Source } from "../cases/contract.ts";
import type { ActorSource, Seen, SeenLink, SeenThing } from "./contract.ts";

/** Of each kind at most: past it the newest count, and the page says so. */
const most = 60_000;

interface Kept {
  id: Id;
  in: Id;
  handling: Handling;
}
interface Stating extends Kept {
  evaluation: Graded;
  source: Source;
}

export const casesSource: ActorSource = {
  name: "cases",
  async seen(db): Promise<Seen> {
    let more = false;
    const all = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => {
      const { rows } = await query.execute(db.rows);
      more ||= rows.length >= most;
      return rows;
    };
    const cases = await all(
      sql<{ id: Id; number: string; title: string }>`select id, number, title from simpul.cases
        order by changed_at desc limit ${most}`,
    );
    const subjects = await all(
      sql<Kept & { kind: "person" | "organisation"; role: HolderRole; names: Name[]; birth: string | null }>`
        select id, case_id as in, handling, kind, role, names, birth from simpul.case_subjects
        where removed_at is null order by id desc limit ${most}`,
    );
    const selectors = await all(
      sql<
        Stating & {
          type: SelectorType;
          canonical: string;
          valid: boolean;
          role: HolderRole;
          holder: Id | null;
        }
      >`
        select o.id, o.case_id as in, o.handling, o.evaluation, o.source, v.type, v.canonical, o.valid, o.role,
          o.subject_id as holder
        from simpul.selector_occurrences o join simpul.selector_values v on v.id = o.value_id
        where o.removed_at is null order by o.id desc limit ${most}`,
    );
    const places = await all(
      sql<Kept & { names: Name[]; country: string; position: Position | null }>`
        select id, case_id as in, handling, names, country, position from simpul.case_places
        where removed_at is null order by id desc limit ${most}`,
    );
    const events = await all(
      sql<Stating & { kind: string; began: string; ended: string | null; place: Id; subjects: Id[] }>`
        select id, case_id as in, handling, evaluation, source, kind, began, ended, place_id as place, subjects
        from simpul.case_events where removed_at is null and place_id is not null order by id desc limit ${most}`,
    );
    const links = await all(
      sql<Stating & { kind: string; from: Id; to: Id; began: string | null; ended: string | null }>`
        select id, case_id as in, handling, evaluation, source, kind, from_id as from, to_id as to, began, ended
        from simpul.case_links where removed_at is null order by id desc limit ${most}`,
    );
    return {
      more,
      whence: cases.map((one) => ({ ...one, to: `/cases/${one.number}` })),
      things: [
        ...subjects.map((one) => thing(one, { ...one, value: null })),
        ...selectors.map((one) =>
          thing(one, {
            ...{ kind: one.type, role: one.role, holder: one.holder },
            names: [{ text: one.canonical, language: "und" }],
            value: one.valid ? `${one.type} ${one.canonical}` : null,
          }),
        ),
        ...places.map((one) => thing(one, { ...one, kind: "place" })),
      ],
      links: [
        ...links.map((one) => stated(one, one.id, `cases.link.kind.${one.kind}`, one)),
        ...selectors.flatMap((one) =>
          one.holder === null
            ? []
            : [
                stated(one, `holds ${one.id}`, "cases.link.holds", {
                  ...{ from: one.holder, to: one.id, began: null, ended: null },
                }),
              ],
        ),
        ...events.flatMap((one) =>
          one.subjects.map((who) =>
            stated(one, `${one.id} ${who}`, `cases.event.kind.${one.kind}`, {
              ...{ from: who, to: one.place, began: one.began, ended: one.ended },
            }),
          ),
        ),
      ],
    };
  },
};

function thing(of: Kept, more: Partial<SeenThing> & Pick<SeenThing, "kind" | "names">): SeenThing {
  return {
    ...{ record: of.id, in: of.in, kind: more.kind, role: more.role ?? null },
    names: more.names.map(({ text, language, romanised }) => ({
      ...{ text, language },
      ...(romanised !== undefined && { romanised }),
    })),
    ...{ value: more.value ?? null, birth: more.birth ?? null, country: more.country ?? null },
    ...{ position: more.position ?? null, holder: more.holder ?? null },
    apart: of.handling.conditions?.noAutomatedMatching === true,
  };
}

const stated = (
  of: Stating,
  id: string,
  words: string,
  { from, to, began, ended }: Pick<SeenLink, "from" | "to" | "began" | "ended">,
): SeenLink => ({
  ...{ id, in: of.in, from, to, words, began, ended },
  ...{ source: of.source, evaluation: of.evaluation, handling: of.handling },
});
