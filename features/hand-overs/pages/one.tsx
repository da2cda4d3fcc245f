// One hand-over on either side: how it stands in words, what they read, what goes and stays, who signed, what comes next.
import { List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ClockText,
  HandlingBadge,
  Link,
  PageHead,
  useLive,
  useParam,
  useQuery,
  useWords,
  WhyThis,
} from "@simpul/doors/web";
import { Acts } from "./acts.tsx";
import { Counts, Lines, Section, Standing, type View } from "./parts.tsx";
import { Proposals } from "./proposals.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["handing"]);
  const query = useQuery({
    queryKey: ["handing", id],
    queryFn: ({ signal }) => api.get<View>(`/api/hand-overs/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/hand-overs">
      {(view) => <Body key={view.id} view={view} />}
    </Awaited>
  );
}

function Body({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const { offer } = view;
  const side = view.ours ? "ours" : "theirs";
  const peer = state(view.peer);
  return (
    <>
      <PageHead
        title={
          <>
            {peer} · <bdi>{view.title}</bdi>
          </>
        }
        windowTitle={say("hand-overs.one")}
        back={
          view.case === null
            ? { to: "/hand-overs", label: say("hand-overs.room") }
            : { to: `/cases/${view.case.number}`, label: view.case.number }
        }
        marks={
          <>
            <Standing of={view} />
            {view.due !== null && <ClockText due={view.due} />}
            {offer !== null && <HandlingBadge handling={offer.handling} />}
          </>
        }
      />
      <Stack gap="lg" maw="46rem">
        <Text>{say(`hand-overs.${side}.${view.state}`, { state: peer, code: view.code ?? "" })}</Text>
        <Acts view={view} />
        {view.answer !== null && <Answered view={view} />}
        {offer !== null && <Offered view={view} />}
        {view.items.length > 0 && (
          <List size="sm">
            {view.items.map((one) => (
              <List.Item key={one.id}>
                <Link to={`/evidence/${one.id}`}>{one.title}</Link> · {say(`hand-overs.item.${one.state}`)}
              </List.Item>
            ))}
          </List>
        )}
        {view.state === "handed" && <Proposals view={view} />}
        <Signed view={view} />
        <WhyThis of={view.id} />
      </Stack>
    </>
  );
}

/** The words that both sides read. */
function Offered({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const offer = view.offer!;
  const words: [string, string][] = [
    [say("hand-overs.read"), offer.summary],
    [
      say("hand-overs.reason"),
      [say(`hand-overs.reason.${offer.reason}`), offer.reasonText].filter((one) => one !== "").join(" · "),
    ],
    [
      say("hand-overs.basis"),
      [say(`hand-overs.basis.${offer.legalBasis}`), offer.legalBasisText]
        .filter((one) => one !== "")
        .join(" · "),
    ],
    [say("hand-overs.after"), offer.after],
    [say("hand-overs.remains"), offer.remains],
  ];
  const staysTitle = view.ours
    ? say("hand-overs.stays")
    : say("hand-overs.stays.theirs", { state: state(view.peer) });
  return (
    <Stack gap="md">
      <Text size="sm">
        {view.reference} · {say(offer.whole ? "hand-overs.whole" : "hand-overs.parts")} ·{" "}
        {view.ours
          ? offer.case
          : say("hand-overs.case.theirs", { number: offer.case, state: state(view.peer) })}
      </Text>
      {view.state === "pending" && (
        <Text size="sm" c="dimmed">
          {say("hand-overs.standing")} {!offer.counted && say("hand-overs.standing.not-entered")}
        </Text>
      )}
      {words
        .filter(([, said]) => said !== "")
        .map(([title, said]) => (
          <Section key={title} title={title}>
            <Text lang={offer.language} style={{ whiteSpace: "pre-wrap" }}>
              {said}
            </Text>
          </Section>
        ))}
      <Section title={say("hand-overs.goes")}>
        {view.lines === null ? <Counts of={offer.goes} /> : <Lines of={view.lines} />}
      </Section>
      {offer.stays.length > 0 && (
        <Section title={staysTitle}>
          <Counts of={offer.stays} />
        </Section>
      )}
    </Stack>
  );
}

function Answered({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const { ground, text, lead, desk } = view.answer!;
  if (ground === null && text === "" && lead === "") return null;
  return (
    <Section title={say("hand-overs.answer")}>
      {ground !== null && <Text>{say(`hand-overs.ground.${ground}`)}</Text>}
      {lead !== "" && <Text>{say("hand-overs.answer.leads", { lead, desk })}</Text>}
      {text !== "" && <Text style={{ whiteSpace: "pre-wrap" }}>{text}</Text>}
    </Section>
  );
}

function Signed({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const signed = (["offered", "accepted", "handed"] as const).filter((one) => view.signed[one]);
  return (
    <Section title={say("hand-overs.signed")}>
      {signed.length === 0 ? (
        <Text size="sm">{say("hand-overs.signed.none")}</Text>
      ) : (
        <List size="sm">
          {signed.map((one) => (
            <List.Item key={one}>{say(`hand-overs.signed.${one}`)}</List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}
