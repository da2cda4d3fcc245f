// One list: its people, who holds which version, and what may be done: agree, add, correct, take off, call back.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { Evaluation, Handling } from "@simpul/model";
import type { EntryView, ListView } from "../contract.ts";
import { EntryFields, entryOf, nobody, typedOf } from "./entry.tsx";
import { ListTag } from "./list.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const query = useQuery({
    queryKey: ["watch-lists", id],
    queryFn: ({ signal }) => api.get<ListView>(`/api/watch-lists/${id}`, { signal }),
    // Receipts of other nodes arrive within moments.
    refetchInterval: 5_000,
  });
  const back = { to: "/watch-lists", label: say("watch-lists.room") };
  return (
    <Awaited query={query} back="/watch-lists">
      {(view) => (
        <>
          <PageHead title={view.title} back={back} marks={<ListTag of={view} />} />
          <List view={view} />
        </>
      )}
    </Awaited>
  );
}

type Open = { kind: "add" } | { kind: "recall" } | { kind: "correct" | "remove"; entry: EntryView } | null;

function List({ view }: { view: ListView }): ReactNode {
  const { say, state, date } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const may = (act: ListView["may"][number]): boolean => view.may.includes(act);
  async function post(path: string, body?: object): Promise<void> {
    await api.post(`/api/watch-lists/${view.id}/${path}`, body);
    await queries.invalidateQueries({ queryKey: ["watch-lists"] });
  }
  async function run(path: string, body?: object): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await post(path, body);
      setOpen(null);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const waiting = view.list.filter((one) => one.state === "proposed");
  const shown = view.list.filter((one) => one.state === "active" || one.state === "proposed");
  const recipients =
    view.recipients.length === 0 ? [say("watch-lists.nobodyElse")] : view.recipients.map(state);
  return (
    <Stack gap="lg" maw="46rem">
      <dl className="s-answers">
        <Fact name={say("watch-lists.from")}>
          {state(view.origin)}, {view.agency}
        </Fact>
        {view.ours && <Fact name={say("watch-lists.for")}>{recipients.join(", ")}</Fact>}
        <Fact name={say("watch-lists.call")}>{view.call}</Fact>
        <Fact name={say("watch-lists.basis")}>{view.legalBasis}</Fact>
        <Fact name={say("watch-lists.until")}>{date(view.until)}</Fact>
        {view.by !== "" && (
          <Fact name={say("watch-lists.twoPersons")}>
            {[view.by, view.agreedBy].filter((one) => one !== null).join(", ")}
          </Fact>
        )}
        {view.endReason !== null && <Fact name={say("watch-lists.why")}>{view.endReason}</Fact>}
      </dl>
      {view.stays && (
        <Text size="sm">{say(view.ours ? "watch-lists.stays.hint" : "watch-lists.stays.there")}</Text>
      )}
      {(fault !== null || open !== null) && (
        <Stack gap="sm">
          {fault !== null && <Problem fault={fault} kept={say("watch-lists.kept")} />}
          {open !== null && <Word open={open} busy={busy} run={run} close={() => setOpen(null)} />}
        </Stack>
      )}
      {shown.length > 0 && (
        <Stack gap="sm" component="section">
          <Title order={2} size="h4">
            {say("watch-lists.people", { count: shown.length })}
          </Title>
          {shown.map((entry) => (
            <Person key={entry.id} of={entry}>
              {may("change") && entry.state === "active" && (
                <Button size="xs" variant="default" onClick={() => setOpen({ kind: "correct", entry })}>
                  {say("watch-lists.correct")}
                </Button>
              )}
              {(may("change") || may("drop")) && (
                <Button size="xs" variant="default" onClick={() => setOpen({ kind: "remove", entry })}>
                  {say("watch-lists.remove")}
                </Button>
              )}
            </Person>
          ))}
        </Stack>
      )}
      {view.holders.length > 0 && (
        <Stack gap={4} component="section">
          <Title order={2} size="h4">
            {say("watch-lists.holders")}
          </Title>
          {view.holders.map((one) => (
            <Text size="sm" key={one.peer} component="div">
              {state(one.peer)}:{" "}
              {one.recallTakenAt !== null ? (
                <>
                  {say("watch-lists.holder.recalled")} <TimeText at={one.recallTakenAt} />
                </>
              ) : one.refused !== null ? (
                say("watch-lists.holder.refused")
              ) : one.takenVersion === one.version && one.takenAt !== null && view.state === "active" ? (
                <>
                  {say("watch-lists.holder.taken", { version: one.version })} <TimeText at={one.takenAt} />
                </>
              ) : (
                say("watch-lists.holder.waiting", { version: one.version })
              )}
            </Text>
          ))}
        </Stack>
      )}
      {view.may.length > 0 && (
        <div className="s-acts s-noprint">
          <Group gap="xs">
            {may("agree") && (
              <LeaveStateButton
                label={say("watch-lists.agree")}
                recipients={recipients}
                codes={say(view.stays ? "watch-lists.stays.hint" : "watch-lists.codes")}
                approves={say("watch-lists.approves")}
                reasonNeeded={false}
                preview={
                  <Stack gap="sm">
                    {(waiting.length > 0 ? waiting : shown).map((one) => (
                      <Person key={one.id} of={one} />
                    ))}
                  </Stack>
                }
                onLeave={() => post("agree")}
              />
            )}
            {may("add") && (
              <Button variant="default" onClick={() => setOpen({ kind: "add" })}>
                {say("watch-lists.another")}
              </Button>
            )}
            {may("recall") && (
              <Button variant="default" onClick={() => setOpen({ kind: "recall" })}>
                {say("watch-lists.recall")}
              </Button>
            )}
            {may("drop") && (
              <Button variant="default" loading={busy} onClick={() => void run("drop")}>
                {say("watch-lists.drop")}
              </Button>
            )}
          </Group>
        </div>
      )}
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Person({ of, children }: { of: EntryView; children?: ReactNode }): ReactNode {
  const { say, date } = useWords();
  return (
    <Card withBorder component="article" aria-label={of.name}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600}>{of.name}</Text>
          <HandlingBadge handling={Handling.usual} evaluation={Evaluation.parse(of.evaluation)} />
          {of.state === "proposed" && <StateTag tone="waiting">{say("watch-lists.state.proposed")}</StateTag>}
          {of.weak && <StateTag>{say("watch-lists.weak")}</StateTag>}
        </Group>
        <Text size="sm">
          {[say(`watch-lists.role.${of.role}`), of.document, of.birth === null ? null : date(of.birth)]
            .filter((one) => one !== null)
            .join(" · ")}
        </Text>
        <Text size="sm">
          {say(`watch-lists.do.${of.whatToDo}`)}
          {of.note !== "" && `: ${of.note}`}
        </Text>
        <Text size="sm" c="dimmed">
          {of.legalBasis} · {say("watch-lists.reviewBy", { day: date(of.review) })}
          {of.reason !== null && ` · ${of.reason}`}
        </Text>
        {children !== undefined && (
          <Group gap="xs" className="s-noprint">
            {children}
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function Word({
  open,
  busy,
  run,
  close,
}: {
  open: NonNullable<Open>;
  busy: boolean;
  run: (path: string, body?: object) => Promise<void>;
  close: () => void;
}): ReactNode {
  const { say } = useWords();
  const [typed, setTyped] = useState(open.kind === "correct" ? typedOf(open.entry) : nobody);
  const [reason, setReason] = useState("");
  const writes = open.kind === "add" || open.kind === "correct";
  const entry = writes ? entryOf(typed) : null;
  const whole = (!writes || entry !== null) && (open.kind === "add" || reason.trim().length >= 3);
  const send = (): Promise<void> => {
    const why = { reason: reason.trim() };
    if (open.kind === "add") return run("entries", { entries: [entry] });
    if (open.kind === "recall") return run("recall", why);
    if (open.kind === "remove") return run(`entries/${open.entry.id}/remove`, why);
    return run(`entries/${open.entry.id}/correct`, { entry, ...why });
  };
  return (
    <Card withBorder component="section" aria-label={say(`watch-lists.word.${open.kind}`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md">
          <Title order={2} size="h5">
            {say(`watch-lists.word.${open.kind}`)}
            {"entry" in open && `: ${open.entry.name}`}
          </Title>
          {writes && <EntryFields value={typed} set={(to) => setTyped((before) => ({ ...before, ...to }))} />}
          {open.kind !== "add" && (
            <LongTextField
              label={say("watch-lists.why")}
              rows={2}
              required
              maxLength={500}
              value={reason}
              onChange={setReason}
            />
          )}
          <Group gap="xs">
            <Button type="submit" loading={busy} disabled={!whole}>
              {say(`watch-lists.word.${open.kind}`)}
            </Button>
            <Button variant="subtle" onClick={close}>
              {say("watch-lists.cancel")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
