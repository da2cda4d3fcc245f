// What lies in a space, newest first: whose it is, its codes, its own words; its writer corrects and withdraws it here.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  HandlingBadge,
  LinkButton,
  LongTextField,
  Problem,
  StateTag,
  TimeText,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Page, SpaceView, ThingKind, ThingView } from "../contract.ts";
import { Body } from "./body.tsx";
import { useAct } from "./data.ts";
import { titleIn } from "./title.ts";

export function Things({ view, kind }: { view: SpaceView; kind: ThingKind | null }): ReactNode {
  const { say } = useWords();
  const [before, setBefore] = useState<string | null>(null);
  const [older, setOlder] = useState<ThingView[]>([]);
  useLive(["joint"]);
  const ask = (from: string | null, signal?: AbortSignal): Promise<Page> =>
    api.get<Page>(`/api/joint/${view.id}/things`, {
      query: { ...(kind === null ? {} : { kind }), ...(from === null ? {} : { before: from }) },
      ...(signal === undefined ? {} : { signal }),
    });
  const query = useQuery({
    queryKey: ["joint", view.id, "things", kind],
    queryFn: ({ signal }) => ask(null, signal),
  });
  const first = query.data?.next ?? null;
  useEffect(() => {
    if (older.length === 0) setBefore(first);
  }, [first, older.length]);
  const more = useAct();
  const next = (): Promise<boolean> =>
    more.run(async () => {
      const page = await ask(before);
      setOlder((list) => [...list, ...page.things]);
      setBefore(page.next);
    });
  return (
    <Awaited query={query}>
      {({ things }) => {
        const known = new Set(things.map((one) => one.id));
        const all = [...things, ...older.filter((one) => !known.has(one.id))];
        if (all.length === 0)
          return (
            <Empty title={say("joint.nothing")}>
              {view.may.includes("contribute") && (
                <LinkButton to={`/joint/${view.id}/put`}>{say("joint.put")}</LinkButton>
              )}
            </Empty>
          );
        return (
          <Stack gap="xs" maw="46rem">
            <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
              {all.map((one) => (
                <li key={one.id}>
                  <Thing of={one} view={view} />
                </li>
              ))}
            </Stack>
            {before !== null && (
              <Button variant="default" loading={more.busy} onClick={() => void next()}>
                {say("joint.more")}
              </Button>
            )}
          </Stack>
        );
      }}
    </Awaited>
  );
}

function Thing({ of, view }: { of: ThingView; view: SpaceView }): ReactNode {
  const words = useWords();
  const { say, state, list } = words;
  const title = titleIn(words, of);
  const gone = of.content === null;
  return (
    <Card withBorder padding="sm" component="article" aria-label={title}>
      <Stack gap={4}>
        <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
          <Text
            fw={600}
            style={{ overflowWrap: "anywhere" }}
            td={of.state === "withdrawn" ? "line-through" : ""}
          >
            <bdi>{title}</bdi>
          </Text>
          <HandlingBadge handling={of.handling} evaluation={of.evaluation} from={of.originator} />
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {say(`joint.kind.${of.kind}`)} · {state(of.party)}
          {of.by !== "" && ` · ${of.by}`} · <TimeText at={of.at} other={of.party} />
          {of.case !== null && ` · ${of.case}`}
        </Text>
        <Group gap="xs">
          {of.frozen && <StateTag tone="plain">{say("joint.frozen")}</StateTag>}
          {of.originator !== of.party && (
            <StateTag tone="plain">{say("joint.from", { state: state(of.originator) })}</StateTag>
          )}
          {of.state === "withdrawn" && (
            <StateTag tone="bad">
              {of.because === undefined
                ? say("joint.withdrawnThing")
                : say(`joint.because.${of.because}`, { state: state(of.originator) })}
            </StateTag>
          )}
          {of.version > 1 && of.state === "standing" && (
            <StateTag tone="plain">{say("joint.corrected", { count: of.version - 1 })}</StateTag>
          )}
          {of.waits.length > 0 && (
            <StateTag tone="waiting">
              {say("joint.waitsFor", { states: list(of.waits.map((one) => state(one))) })}
            </StateTag>
          )}
          {of.refused.map((one) => (
            <StateTag tone="bad" key={one.party}>
              {say("joint.notTaken", { state: state(one.party) })}
            </StateTag>
          ))}
        </Group>
        {of.kept.map((one) => (
          <Text size="sm" key={one.party}>
            {say("joint.keptFor", { state: state(one.party), proceeding: one.proceeding })}
          </Text>
        ))}
        {!gone && <Body of={of} parties={view.parties.map((one) => one.state)} space={view.id} />}
        {of.court && <Text size="sm">{say("joint.court.lifted")}</Text>}
        {of.reason !== "" && (
          <Text size="sm" c="dimmed">
            {of.reason}
          </Text>
        )}
        {of.may.length > 0 && <Acts of={of} view={view} />}
      </Stack>
    </Card>
  );
}

/** One's own: a task is ticked off, words are written anew, a thing is taken back; each with a reason that all read. */
function Acts({ of, view }: { of: ThingView; view: SpaceView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  const [open, setOpen] = useState<ThingView["may"][number] | null>(null);
  const own = of.content !== null && "own" in of.content ? of.content.own : null;
  const words = own !== null && "text" in own ? own.text : null;
  const [text, setText] = useState(words ?? "");
  const [reason, setReason] = useState("");
  const at = `/api/joint/${view.id}/things/${of.id}`;
  const done = (): Promise<boolean> =>
    run(() => api.put(at, { own: { ...own, state: "done" }, reason: say("joint.task.done") }));
  async function save(): Promise<void> {
    const body = { reason: reason.trim() };
    const act = (): Promise<unknown> =>
      open === "keep"
        ? api.post(`${at}/keep`, { proceeding: reason.trim() })
        : open === "withdraw"
          ? api.post(`${at}/withdraw`, body)
          : api.put(at, { ...body, ...(words === null ? {} : { own: { ...own, text } }) });
    if (await run(act)) setOpen(null);
  }
  const isTask = of.kind === "task" && own !== null && "state" in own && own.state === "open";
  return (
    <Stack gap="xs" className="s-noprint">
      <Group gap="xs">
        {isTask && of.may.includes("correct") && (
          <Button size="compact-sm" variant="default" loading={busy} onClick={() => void done()}>
            {say("joint.task.tick")}
          </Button>
        )}
        {of.may.map((act) => (
          <Button
            key={act}
            size="compact-sm"
            variant="subtle"
            aria-expanded={open === act}
            onClick={() => setOpen(open === act ? null : act)}
          >
            {say(act === "correct" && words === null ? "joint.thing.renew" : `joint.thing.${act}`)}
          </Button>
        ))}
      </Group>
      {open !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Stack gap="xs" maw="36rem">
            {open === "correct" && words !== null && (
              <LongTextField
                label={say("joint.text")}
                rows={3}
                maxLength={4000}
                value={text}
                onChange={setText}
              />
            )}
            <LongTextField
              label={say(open === "keep" ? "joint.proceeding" : "joint.why")}
              hint={say("joint.why.hint")}
              required
              rows={1}
              maxLength={open === "keep" ? 300 : 2000}
              value={reason}
              onChange={setReason}
            />
            <Group>
              <Button type="submit" loading={busy} disabled={reason.trim().length < 3}>
                {say(`joint.thing.${open}`)}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Stack>
  );
}
