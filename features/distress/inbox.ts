// What waits for the emergency desk: that something waits, and for how long; nothing of what it says. And what desks were told.
import type { InboxEntry, InboxSource } from "@simpul/features/inbox/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { steps } from "./rules.ts";

interface Waiting {
  id: Id;
  clock_at: Date;
  called: boolean;
  told: { officer: Id; name: string; at: string }[];
}

export const distressInbox: InboxSource = {
  name: "distress",
  async waiting(standing, db) {
    const messages = await sql<Waiting>`select m.id, m.clock_at,
          exists (select 1 from simpul.distress_steps s where s.message_id = m.id and s.level = 'phone') as called,
          (select coalesce(jsonb_agg(jsonb_build_object('officer', o.id, 'name', o.name, 'at', s.at) order by s.at desc),
              '[]') from simpul.distress_steps s join simpul.officers o on o.id = any(s.told)
            where s.message_id = m.id) as told
        from simpul.distress_messages m where m.taken_by is null and simpul.opens_distress()
        order by m.clock_at limit 50`.execute(db.rows);
    const told = await sql<{ id: Id; at: Date }>`select id, at from simpul.distress_told
        where withdrawn_at is null and answered_at is null and simpul.told_distress(desk_id) order by at limit 50`.execute(
      db.rows,
    );
    const base = { for: "desk", case: null } as const;
    return [
      ...messages.rows.map((one): InboxEntry => ({
        ...base,
        id: one.id,
        kind: one.called ? "distress-call" : "distress",
        // Whoever looks over her shoulder learns no more than that something waits.
        title: "",
        to: "/distress",
        due: new Date(one.clock_at.getTime() + steps[0].after * 60_000).toISOString(),
        since: one.clock_at.toISOString(),
        for: one.told.some(({ officer }) => officer === standing.actor.id) ? "me" : "desk",
        told: one.told.map(({ name, at }) => ({ name, at: new Date(at).toISOString() })),
      })),
      ...told.rows.map((one): InboxEntry => ({
        ...base,
        id: one.id,
        kind: "distress-told",
        title: "",
        to: "/told",
        due: one.at.toISOString(),
        since: one.at.toISOString(),
      })),
    ];
  },
};
