// One other state's node: how the line is and what to do, who introduced it, its letters that did not arrive.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LinkButton,
  needsRole,
  PageHead,
  Problem,
  Tabs,
  TimeText,
  useLive,
  useMay,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { PeerView } from "../contract.ts";
import { DoubtList } from "./doubts.tsx";
import { OutgoingLetters, RefusedLetters } from "./letters.tsx";
import { IncidentList, IncidentNotice } from "./incidents.tsx";
import { KeyList } from "./key-list.tsx";
import { Fingerprint, HealthDetail, LineTag, topic, useErrorWords, Who } from "./parts.tsx";

export function Page(): ReactNode {
  const code = useParam("code");
  const { say, state, number } = useWords();
  useLive([topic]);
  const query = useQuery({
    queryKey: [topic, code],
    queryFn: ({ signal }) => api.get<PeerView>(`/api/peers/${code}`, { signal }),
  });
  return (
    <Awaited query={query} back="/peers">
      {(peer) => (
        <>
          <PageHead
            title={state(peer.node)}
            back={{ to: "/peers", label: say("peers.room") }}
            marks={<LineTag peer={peer} />}
            act={<Acts peer={peer} />}
          />
          <Stack gap="lg">
            <Next peer={peer} />
            <Doubtful peer={peer} />
            <IncidentNotice peer={peer} />
            <Tabs
              label={state(peer.node)}
              tabs={[
                {
                  id: "out",
                  label: say("peers.tab.out", { count: number(peer.waiting + peer.deadLetters) }),
                  body: <OutgoingLetters code={peer.node} />,
                },
                { id: "in", label: say("peers.tab.in"), body: <RefusedLetters code={peer.node} /> },
                ...(peer.doubtful.length > 0
                  ? [{ id: "doubts", label: say("peers.tab.doubts"), body: <DoubtList code={peer.node} /> }]
                  : []),
                {
                  id: "incidents",
                  label: say("peers.tab.incidents"),
                  body: <IncidentList code={peer.node} />,
                },
                { id: "keys", label: say("peers.tab.keys"), body: <KeyList keys={peer.keys} /> },
                { id: "node", label: say("peers.tab.node"), body: <Facts peer={peer} /> },
              ]}
            />
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function Acts({ peer }: { peer: PeerView }): ReactNode {
  const { say } = useWords();
  const manages = useMay(needsRole("administrator"));
  const keeps = useMay(needsRole("liaison", "oversight"));
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const ask = (): void => {
    setBusy(true);
    void api
      .post(`/api/peers/${peer.node}/ask`)
      .then(() => queries.invalidateQueries({ queryKey: [topic] }))
      .finally(() => setBusy(false));
  };
  return (
    <>
      {peer.state === "confirmed" && (
        <Button variant="default" loading={busy} onClick={ask}>
          {say("peers.ask")}
        </Button>
      )}
      {keeps && (
        <LinkButton to="/exclusions" variant="default">
          {say("peers.exclusions")}
        </LinkButton>
      )}
      {manages && peer.state === "confirmed" && (
        <LinkButton to={`/peers/${peer.node}/suspend`} variant="default">
          {say("peers.suspend.do")}
        </LinkButton>
      )}
      {manages && peer.state === "suspended" && !peer.suspended?.resume?.mine && <Resume peer={peer} />}
      {manages && peer.state !== "stopped" && (
        <LinkButton to={`/peers/${peer.node}/stop`} variant="default">
          {say("peers.stop.do")}
        </LinkButton>
      )}
      {manages && peer.state === "proposed" && !peer.mine && (
        <LinkButton to={`/peers/${peer.node}/confirm`}>{say("peers.confirm.go")}</LinkButton>
      )}
      {manages && peer.state === "stopped" && (
        <LinkButton to="/peers/enter">{say("peers.enter.again")}</LinkButton>
      )}
    </>
  );
}

/** One of the two who let it go on. */
function Resume({ peer }: { peer: PeerView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const resume = (): void => {
    setBusy(true);
    setFault(null);
    void api
      .post(`/api/peers/${peer.node}/resume`)
      .catch((no: unknown) => setFault(no))
      .finally(() => {
        setBusy(false);
        void queries.invalidateQueries({ queryKey: [topic] });
      });
  };
  return (
    <>
      <Button loading={busy} onClick={resume}>
        {say(peer.suspended?.resume ? "peers.resume.second" : "peers.resume.first")}
      </Button>
      {fault !== null && <Problem fault={fault} />}
    </>
  );
}

function Rests({ peer }: { peer: PeerView }): ReactNode {
  const { say, state } = useWords();
  const rests = peer.suspended;
  if (rests === null) return null;
  return (
    <Alert variant="default" title={say("peers.suspended.title")} role="status">
      <Stack gap="xs">
        <Text size="sm">{rests.because}</Text>
        <Text size="sm" c="dimmed">
          <Who doer={rests.by} /> · <TimeText at={rests.at} />
        </Text>
        <Text size="sm" maw="44rem">
          {say("peers.suspended.text", { state: state(peer.node) })}
        </Text>
        {rests.resume !== null && (
          <Text size="sm">
            {say(rests.resume.mine ? "peers.resume.mine" : "peers.resume.asked")}{" "}
            <Who doer={rests.resume.by} /> · <TimeText at={rests.resume.at} />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

/** What the line needs now, in words. */
function Next({ peer }: { peer: PeerView }): ReactNode {
  const { say, state } = useWords();
  switch (peer.state) {
    case "proposed":
      return (
        <Alert variant="default" title={say("peers.proposed.title")} role="status">
          <Stack gap="sm">
            <Text size="sm" maw="44rem">
              {say(peer.mine ? "peers.proposed.mine" : "peers.proposed.other", { state: state(peer.node) })}
            </Text>
            <Fingerprint groups={peer.fingerprint} open={16 - peer.fingerprint.length} />
          </Stack>
        </Alert>
      );
    case "suspended":
      return <Rests peer={peer} />;
    case "stopped":
      if (peer.stopped?.because === "KEY_REVOKED")
        return (
          <Alert variant="default" title={say("peers.revoked.title")} role="status">
            <Text size="sm" maw="44rem">
              {say("peers.revoked.text", { state: state(peer.node) })}
            </Text>
          </Alert>
        );
      return (
        <Alert variant="default" title={say("peers.stopped.title")} role="status">
          <Stack gap="xs">
            {peer.stopped !== null && (
              <>
                <Text size="sm">{peer.stopped.because}</Text>
                <Text size="sm" c="dimmed">
                  <Who doer={peer.stopped.by} /> · <TimeText at={peer.stopped.at} />
                </Text>
              </>
            )}
            <Text size="sm" maw="44rem">
              {say("peers.stopped.text")}
            </Text>
          </Stack>
        </Alert>
      );
    case "confirmed":
      return (
        <>
          <HealthDetail peer={peer} />
          <Lost peer={peer} />
        </>
      );
  }
}

/** What came while its key was in other hands, and what was refused of what it said about its keys. */
function Doubtful({ peer }: { peer: PeerView }): ReactNode {
  const { say, state, time } = useWords();
  const error = useErrorWords();
  const about = (part: PeerView["doubtful"][number]) => ({
    state: state(peer.node),
    since: time(part.since),
    until: time(part.until),
  });
  return (
    <>
      {peer.doubtful.map((part) => (
        <Alert
          key={part.since}
          variant="default"
          title={say("peers.doubtful.title", { count: part.letters, state: state(peer.node) })}
          role="status"
        >
          <Text size="sm" maw="44rem">
            {say("peers.doubtful.text", about(part))}
          </Text>
          <LinkButton to={`/peers/${peer.node}?tab=doubts`} mt="xs">
            {say("peers.tab.doubts")}
          </LinkButton>
        </Alert>
      ))}
      {peer.keysFault !== null && (
        <Alert variant="default" title={say("peers.keysFault.title")} role="status">
          <Text size="sm" maw="44rem">
            {error(peer.keysFault.code)} <TimeText at={peer.keysFault.at} />
          </Text>
        </Alert>
      )}
    </>
  );
}

/** After a restore: what was sent and is not remembered here, and who can say what it was. */
function Lost({ peer }: { peer: PeerView }): ReactNode {
  const { say, state } = useWords();
  if (peer.lost === 0) return null;
  return (
    <Alert variant="default" title={say("peers.lost.title", { count: peer.lost })} role="status">
      <Text size="sm" maw="44rem">
        {say("peers.lost.text", { state: state(peer.node) })}
      </Text>
    </Alert>
  );
}

/** The daily comparison of evidences. */
function Compared({ of }: { of: PeerView["compared"] }): ReactNode {
  const { say } = useWords();
  if (of === null) return say("peers.compared.never");
  if (!of.able) return say("peers.compared.old");
  return (
    <>
      <TimeText at={of.at} /> · {say("peers.compared.letters", { count: of.letters })}
    </>
  );
}

function Facts({ peer }: { peer: PeerView }): ReactNode {
  const { say, number } = useWords();
  const by = (of: { by: PeerView["proposed"]["by"]; at: string } | null): ReactNode =>
    of === null ? (
      "–"
    ) : (
      <>
        <Who doer={of.by} /> · <TimeText at={of.at} />
      </>
    );
  const rows: [string, ReactNode][] = [
    [say("peers.address"), peer.address],
    [say("peers.heard"), <TimeText key="heard" at={peer.heardAt} other={peer.node} />],
    [say("peers.sent"), number(peer.sent)],
    [say("peers.received"), number(peer.received)],
    [
      say("peers.limit"),
      peer.limit === null ? say("peers.limit.none") : say("peers.limit.text", { rate: number(peer.limit) }),
    ],
    [say("peers.agencies"), number(peer.agencies)],
    [say("peers.knowsOurs"), say(peer.knowsOurs ? "peers.knowsOurs.yes" : "peers.knowsOurs.no")],
    [say("peers.compared"), <Compared key="compared" of={peer.compared} />],
    [say("peers.version"), say("peers.version.text", peer.version)],
    [say("peers.by.entered"), by(peer.proposed)],
    [say("peers.by.confirmed"), by(peer.confirmed)],
    [
      say("peers.fingerprint"),
      <Fingerprint key="print" groups={peer.fingerprint} open={16 - peer.fingerprint.length} />,
    ],
  ];
  return (
    <dl className="s-answers">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
