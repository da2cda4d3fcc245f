// What can be done with entries without opening them: taken, handed over, finished, put off until later and taken up again.
import { useState } from "react";
import type { ReactNode } from "react";
import type { Id } from "@simpul/model";
import {
  Refused,
  api,
  useQueryClient,
  useSession,
  useTellProblem,
  useUndo,
  useWords,
  type RowAct,
} from "@simpul/doors/web";
import type { DoneDeeds, EntryAct, EntryDeed, InboxEntry, LaterEntry } from "../contract.ts";
import { mayBePutOff } from "../rules.ts";
import { HandOver } from "./hand-over.tsx";
import { UntilWhen } from "./until-when.tsx";

export type Row = InboxEntry & Partial<Pick<LaterEntry, "until">>;
type Rows = readonly Row[];

const namesOf = (rows: Rows) => rows.map(({ kind, id }) => ({ kind, id }));
const putOff = (rows: Rows, until: string) => api.post("/api/inbox/later", { entries: namesOf(rows), until });
const takeUp = (rows: Rows) => api.post("/api/inbox/later/end", { entries: namesOf(rows) });
const doWith = (rows: Rows, deed: EntryDeed) =>
  api.post<DoneDeeds>("/api/inbox/deeds", { entries: namesOf(rows), deed });
const may = (act: EntryAct, rows: Rows): boolean => rows.every((row) => row.may?.includes(act) ?? false);

/** The acts of the list, and what is asked before one of them, while it is asked. */
export function useEntryActs(): { acts: RowAct<Row>[]; asking: ReactNode } {
  const { say } = useWords();
  const { officer } = useSession();
  const queries = useQueryClient();
  const undo = useUndo();
  const tellProblem = useTellProblem();
  const [aside, setAside] = useState<Rows>([]);
  const [giving, setGiving] = useState<Rows>([]);
  const me = officer.id as Id;

  async function fresh(): Promise<void> {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["inbox", "view"] }),
      queries.invalidateQueries({ queryKey: ["count", "inbox"] }),
    ]);
  }
  /** Does it at once and offers the way back. */
  const act = (doing: Promise<unknown>, done: string, back: () => Promise<unknown>): void =>
    void doing
      .then(() => undo({ done, undo: () => back().finally(fresh), replaces: "inbox" }))
      .catch(tellProblem)
      .finally(fresh);

  /** Says with how many it was done, offers the way back for those, and says which were refused. */
  async function deed(
    rows: Rows,
    what: EntryDeed,
    back: (done: Rows) => Promise<unknown>,
    word: "take" | "give" | "done",
  ): Promise<void> {
    const { done, refused } = await doWith(rows, what);
    const among = (named: DoneDeeds["done"]): Rows =>
      rows.filter((row) => named.some((one) => one.kind === row.kind && one.id === row.id));
    if (done.length > 0)
      undo({
        done: say(`inbox.${word}.did`, { count: done.length }),
        undo: () => back(among(done)).finally(fresh),
        // What was done with them before is no longer how they stand.
        replaces: "inbox",
      });
    const titles = among(refused).map((row) => row.title);
    if (refused.length > 0)
      tellProblem(new Refused(409, refused[0]!.code), say("inbox.refused", { titles: titles.join(", ") }));
  }
  const told = (doing: Promise<void>): void => void doing.catch(tellProblem).finally(fresh);
  /** Each goes back to whose it was. */
  const giveBack = (rows: Rows): Promise<unknown> =>
    Promise.all(
      [me, null].map((owner) => {
        const whose = rows.filter((row) => (row.for === "me") === (owner !== null));
        return whose.length === 0 ? Promise.resolve() : doWith(whose, { act: "give", to: owner });
      }),
    );
  const give = (rows: Rows, to: Id | null): void =>
    told(deed(rows, { act: "give", to }, giveBack, to === me ? "take" : "give"));

  const acts: RowAct<Row>[] = [
    {
      key: "t",
      label: say("inbox.take.act"),
      may: (rows) => may("give", rows) && rows.every((row) => row.for === "desk"),
      do: (rows) => give(rows, me),
    },
    {
      key: "e",
      label: say("inbox.done.act"),
      may: (rows) => may("done", rows),
      do: (rows) => told(deed(rows, { act: "done" }, (done) => doWith(done, { act: "reopen" }), "done")),
    },
    { label: say("inbox.give.act"), may: (rows) => may("give", rows), do: setGiving },
    {
      key: "l",
      label: say("inbox.later.act"),
      may: (rows) => rows.every((row) => row.until === undefined && mayBePutOff(row, new Date())),
      do: setAside,
    },
    {
      label: say("inbox.later.back"),
      may: (rows) => rows.every((row) => row.until !== undefined),
      do: (rows) =>
        act(takeUp(rows), say("inbox.later.backDone", { count: rows.length }), () =>
          Promise.all(rows.map((row) => putOff([row], row.until!))),
        ),
    },
  ];
  const asking = (
    <>
      {aside.length > 0 && (
        <UntilWhen
          close={() => setAside([])}
          answer={(until) => {
            setAside([]);
            act(putOff(aside, until), say("inbox.later.done", { count: aside.length }), () => takeUp(aside));
          }}
        />
      )}
      {giving.length > 0 && (
        <HandOver
          count={giving.length}
          back={giving.every((row) => row.for === "me")}
          close={() => setGiving([])}
          answer={(to) => {
            setGiving([]);
            give(giving, to);
          }}
        />
      )}
    </>
  );
  return { acts, asking };
}
