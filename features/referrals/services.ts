// The directory of those who help: found by kind, language and whom they serve; only vetted ones are referred to.
import { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { ReferralsError, type Service } from "./contract.ts";
import { ofTheDesk, type Db, type ReferralsNode } from "./node.ts";

type ServiceRow = Omit<Service, "vetted"> & {
  vetted_by: Id | null;
  vetted_at: Date | null;
  vetted_until: string | null;
};
const columns = sql`id, name, kinds, languages, serves, capacity, place, contact, way, active, vetted_by, vetted_at,
  vetted_until::text as vetted_until`;

const viewOf = ({ vetted_by, vetted_at, vetted_until, ...row }: ServiceRow): Service => ({
  ...row,
  vetted:
    vetted_by === null || vetted_at === null || vetted_until === null
      ? null
      : { by: vetted_by, at: vetted_at.toISOString(), until: vetted_until },
});

export async function listServices(node: ReferralsNode, standing: Standing): Promise<Service[]> {
  const because = ofTheDesk(node, standing);
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("services.listed", {});
    const { rows } =
      await sql<ServiceRow>`select ${columns} from simpul.services order by active desc, name, id`.execute(
        db.rows,
      );
    return rows.map(viewOf);
  });
}

/** Throws `NOT_FOUND`. */
export async function serviceOf(db: Pick<Db, "rows">, id: Id): Promise<Service> {
  const { rows } = await sql<ServiceRow>`select ${columns} from simpul.services where id = ${id}`.execute(
    db.rows,
  );
  if (rows[0] === undefined) throw new ReferralsError("NOT_FOUND");
  return viewOf(rows[0]);
}

export type AskService = Omit<Service, "id" | "vetted"> & { vettedUntil: string | null };

/** A new one, or a change; who says that it was vetted until a day stands with her name. */
export async function keepService(
  node: ReferralsNode,
  standing: Standing,
  id: Id | null,
  ask: AskService,
): Promise<Id> {
  const because = ofTheDesk(node, standing);
  const { actor } = standing;
  if (actor.kind !== "officer") throw new ReferralsError("NOT_FOUND");
  const which = await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const before = id === null ? null : await serviceOf(tx, id);
    const key = before?.id ?? tx.newId();
    const said = before?.vetted ?? null;
    const vetted =
      ask.vettedUntil === null
        ? null
        : said?.until === ask.vettedUntil
          ? said
          : { by: actor.id, at: tx.at.toISOString(), until: ask.vettedUntil };
    await sql`insert into simpul.services (id, name, kinds, languages, serves, capacity, place, contact, way, active,
        vetted_by, vetted_at, vetted_until, changed_at)
      values (${key}, ${ask.name}, ${ask.kinds}::text[], ${ask.languages}::text[], ${ask.serves}::text[],
        ${ask.capacity}, ${ask.place}, ${ask.contact}, ${ask.way}, ${ask.active}, ${vetted?.by ?? null},
        ${vetted?.at ?? null}::timestamptz, ${vetted?.until ?? null}::date, ${tx.at})
      on conflict (id) do update set name = excluded.name, kinds = excluded.kinds, languages = excluded.languages,
        serves = excluded.serves, capacity = excluded.capacity, place = excluded.place, contact = excluded.contact,
        way = excluded.way, active = excluded.active, vetted_by = excluded.vetted_by, vetted_at = excluded.vetted_at,
        vetted_until = excluded.vetted_until, changed_at = excluded.changed_at`.execute(tx.rows);
    tx.note(before === null ? "services.entered" : "services.changed", { id: key });
    return key;
  });
  node.wake(`shares:${node.code}`);
  return which;
}

/** May be referred to: active, and vetted until today or later. */
export const isVetted = (service: Service, now: Date): boolean =>
  service.active && service.vetted !== null && service.vetted.until >= now.toISOString().slice(0, 10);
