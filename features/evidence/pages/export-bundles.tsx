// Bundles that were let out or are on their way: where they stand, the file while it is kept, and how it is checked.
import { Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  LongTextField,
  Problem,
  Progress,
  StateTag,
  TimeText,
  api,
  track,
  untrack,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useTellProblem,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { Export, ExportState, TrustPolicy } from "../contract.ts";
import { CalledBack, isClosed, useCalledBack } from "./called-back.tsx";

interface Listed {
  exports: Export[];
  names: Record<string, string>;
}

/** Asked again while one of them is on its way. */
const useBundles = (of: Id | null) =>
  useQuery({
    queryKey: ["export", of ?? "all"],
    queryFn: ({ signal }) => api.get<Listed>("/api/evidence/exports", { signal, query: { case: of ?? "" } }),
    refetchInterval: ({ state }) =>
      state.data?.exports.some((one) => underWay(one.state)) === true ? 1_500 : false,
  });

const underWay = (state: ExportState): boolean => state === "waiting" || state === "packing";
const tones = {
  waiting: "waiting",
  packing: "waiting",
  ready: "good",
  failed: "bad",
  "given-up": "plain",
  swept: "plain",
} as const;

export function Bundles({ of }: { of: Id | null }): ReactNode {
  const { say } = useWords();
  const query = useBundles(of);
  return (
    <section id="bundles" aria-label={say("evidence.export.bundles")}>
      <Title order={2} size="h5" mb="xs">
        {say("evidence.export.bundles")}
      </Title>
      <Awaited query={query}>
        {({ exports, names }) =>
          exports.length === 0 ? (
            <Text size="sm">{say("evidence.export.bundles.none")}</Text>
          ) : (
            <Stack gap="md">
              {exports.map((one) => (
                <Bundle key={one.id} one={one} by={names[one.officer] ?? one.officer} />
              ))}
              <Policy />
            </Stack>
          )
        }
      </Awaited>
    </section>
  );
}

function Bundle({ one, by }: { one: Export; by: string }): ReactNode {
  const { say, state, bytes } = useWords();
  const { officer } = useSession();
  const own = officer.id === one.officer;
  const back = useCalledBack(one.id);
  return (
    <article className="e-bundle">
      <Group gap="xs">
        <StateTag tone={tones[one.state]}>{say(`evidence.export.state.${one.state}`)}</StateTag>
        {one.proven === false && <StateTag tone="bad">{say("evidence.export.follow")}</StateTag>}
        <Text fw={600}>
          {one.recipient} ({state(one.recipientState)})
        </Text>
      </Group>
      <Text size="sm">
        {one.caseNumber} · {say("evidence.export.count", { count: one.items.length })} · {by} ·{" "}
        <TimeText at={one.startedAt} />
      </Text>
      <Text size="sm" className="e-wrap">
        {say("evidence.export.reason", { reason: one.reason })}
      </Text>
      <CalledBack of={back} />
      {one.state === "waiting" && <Progress says={say("evidence.export.waiting")} part={null} />}
      {one.state === "packing" && <Progress says={say("evidence.export.packing")} part={one.progress} />}
      {one.state === "failed" && (
        <Text size="sm" role="alert">
          {say("evidence.export.failed", { code: one.failure?.code ?? "FAULT" })}
        </Text>
      )}
      {one.digest !== null && (
        <Text size="sm" className="e-digest">
          SHA-256 <code>{one.digest}</code>
        </Text>
      )}
      {one.state === "ready" && own && !isClosed(back) && (
        <Group gap="sm">
          <Button component="a" href={`/api/evidence/exports/${one.id}/bundle`} download>
            {say("evidence.export.fetch", { size: bytes(one.size ?? 0) })}
          </Button>
          <Text size="sm" c="dimmed">
            {say("evidence.export.until")} <TimeText at={one.until} day />
          </Text>
        </Group>
      )}
      {one.state === "waiting" && own && <Waiting one={one} />}
    </article>
  );
}

/** While it waits for other states: let it go with a reason, or give it up. */
function Waiting({ one }: { one: Export }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ["export"] });
  return (
    <Group gap="sm">
      {one.unproven === null && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {say("evidence.export.now")}
        </Button>
      )}
      <Button
        variant="subtle"
        onClick={() => void api.delete(`/api/evidence/exports/${one.id}`).then(again, tellProblem)}
      >
        {say("evidence.export.give-up")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={say("evidence.export.now")}
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        <Stack gap="md">
          <Text size="sm">{say("evidence.export.now.hint")}</Text>
          <LongTextField
            label={say("evidence.export.now.why")}
            hint={say("evidence.export.now.why.hint")}
            required
            rows={2}
            maxLength={2000}
            value={why}
            onChange={setWhy}
          />
          {fault !== null && <Problem fault={fault} />}
          <Button
            className="s-leave"
            disabled={why.trim().length < 3}
            onClick={() =>
              void api
                .post(`/api/evidence/exports/${one.id}/unproven`, { reason: why })
                .then(() => setAsking(false))
                .then(again, setFault)
            }
          >
            {say("evidence.export.now")}
          </Button>
        </Stack>
      </Modal>
    </Group>
  );
}

/** What the recipient needs besides the bundle, and by which way. */
function Policy(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["export", "policy"],
    queryFn: ({ signal }) => api.get<TrustPolicy>("/api/evidence/trust-policy", { signal }),
  });
  if (query.data === undefined) return null;
  const { text, digest } = query.data;
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "policy.txt";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <aside className="e-bundle" aria-label={say("evidence.export.policy")}>
      <Text fw={600}>{say("evidence.export.policy")}</Text>
      <Text size="sm" maw="42rem">
        {say("evidence.export.policy.text")}
      </Text>
      <Text size="sm" className="e-digest">
        SHA-256 <code>{digest}</code>
      </Text>
      <Group gap="sm">
        <Button variant="default" onClick={save}>
          {say("evidence.export.policy.save")}
        </Button>
        <Button variant="subtle" component="a" href="/verify/verify.html" download>
          {say("evidence.export.verifier")}
        </Button>
      </Group>
    </aside>
  );
}

/** In the tray while she is elsewhere: her bundles that wait or are packed, and those that just became ready. */
export function BundlesInTray(): null {
  const { say } = useWords();
  const { officer } = useSession();
  const { data } = useBundles(null);
  useLive(["export"]);
  useEffect(() => {
    const seen = Date.now() - 3_600_000;
    const mine = (data?.exports ?? []).filter(
      (one) =>
        one.officer === officer.id &&
        (underWay(one.state) || (one.state === "ready" && Date.parse(one.readyAt ?? "") > seen)),
    );
    for (const one of mine)
      track({
        id: `export ${one.id}`,
        says: `${one.caseNumber}: ${say(`evidence.export.state.${one.state}`)}`,
        part: one.state === "packing" ? one.progress : one.state === "ready" ? 1 : null,
        // The node works on it, not this window: closing it loses nothing.
        state: one.state === "ready" ? "done" : "paused",
        to: `/evidence/export?case=${one.caseNumber}`,
      });
    return () => mine.forEach((one) => untrack(`export ${one.id}`));
  }, [data, officer.id, say]);
  return null;
}
