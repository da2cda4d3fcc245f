// What of a case was called back: by whom, when, why, and the mark at the record itself; each leads to its recall (COR-2).
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ClockText, Link, StateTag, TimeText, api, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { RecallHead, RecallList } from "../../recalls/contract.ts";

/** Shown before she asks for all. */
const few = 3;

const useCalledBack = (of: Id) =>
  useQuery({
    queryKey: ["recall", "list", { case: of }],
    queryFn: ({ signal }) => api.get<RecallList>("/api/recalls", { query: { case: of }, signal }),
  });

/** All that was called back of this case, what waits for an answer first; nothing where nothing was. */
export function CalledBack({ of }: { of: Id }): ReactNode {
  const { say } = useWords();
  useLive(["recall"]);
  const [all, setAll] = useState(false);
  const recalls = (useCalledBack(of).data?.recalls ?? []).toSorted(
    (a, b) => Number(b.state === "open") - Number(a.state === "open"),
  );
  if (recalls.length === 0) return null;
  return (
    <Alert variant="default" className="s-problem" title={say("cases.back")}>
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {recalls.slice(0, all ? undefined : few).map((one) => (
          <li key={one.id}>
            <Line of={one} />
          </li>
        ))}
      </Stack>
      {!all && recalls.length > few && (
        <Button variant="subtle" size="compact-sm" className="s-noprint" onClick={() => setAll(true)}>
          {say("cases.back.all", { count: recalls.length })}
        </Button>
      )}
    </Alert>
  );
}

function Line({ of }: { of: RecallHead }): ReactNode {
  const { say, state } = useWords();
  const who = of.ours ? say("requests.back.we") : state(of.originator);
  const waits = of.state === "submitted" || of.state === "returned";
  return (
    <>
      <Group gap="xs">
        <Link to={`/recalls/${of.id}`}>
          {waits
            ? say("requests.back.waits")
            : say(`requests.back.${of.kind}`, { state: who, count: of.things })}
        </Link>
        {of.state === "open" && (
          <>
            <StateTag tone={of.overdue ? "bad" : "waiting"}>{say("recalls.state.open")}</StateTag>
            {of.due !== null && <ClockText due={of.due} />}
          </>
        )}
      </Group>
      <Text size="sm" component="div">
        {say(`recalls.reason.${of.reasonCode}`)} · <TimeText at={of.at ?? of.createdAt} />
      </Text>
    </>
  );
}

/** At one record: what was called back of it, or of what it was taken from. */
export function BackMark({ of, record }: { of: Id; record: Id }): ReactNode {
  const { say, state } = useWords();
  const { data } = useCalledBack(of);
  const ids = new Set([
    ...(data?.closings ?? []).filter((one) => one.record === record).map((one) => one.recall),
    ...(data?.flags ?? []).filter((one) => one.about === record).map((one) => one.recall),
  ]);
  return (data?.recalls ?? [])
    .filter((one) => ids.has(one.id))
    .map((one) => (
      <Text key={one.id} size="xs" component="div">
        <Link to={`/recalls/${one.id}`}>
          {say(
            data?.flags.some((flag) => flag.about === record && flag.recall === one.id) === true
              ? "cases.back.source"
              : "cases.back.this",
            {
              state: one.ours ? say("requests.back.we") : state(one.originator),
              kind: say(`recalls.kind.${one.kind}`),
            },
          )}
        </Link>{" "}
        · {say(`recalls.reason.${one.reasonCode}`)} · <TimeText at={one.at ?? one.createdAt} day />
      </Text>
    ));
}
