// The private search between victim desks: what we ask others under two persons, and whom of ours others look for.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  Guided,
  LeaveStateButton,
  Link,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  Refused,
  StateTag,
  Tabs,
  api,
  useAddressValue,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { threats } from "../contract.ts";
import type { SearchesView, SearchView, SoughtView } from "../contract.ts";
import { Closed, Said } from "./parts.tsx";

const path = "/api/reviews/searches";
const key = ["review-searches"];

export function Page(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  useLive(["victims"]);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<SearchesView>(path, { signal }),
    retry: false,
  });
  const open = query.data !== undefined;
  useEffect(() => {
    // What came back is taken in, and what others ask is held against who is here.
    if (open)
      void api.post(`${path}/look`).then(
        () => queries.invalidateQueries({ queryKey: key }),
        () => undefined,
      );
  }, [open, queries]);
  const closed = query.error instanceof Refused && query.error.code === "DESK_CLOSED";
  return (
    <>
      <PageHead title={say("reviews.searches")} back={{ to: "/reviews", label: say("reviews.room") }} />
      {closed ? <Closed /> : <Awaited query={query}>{(view) => <Searches view={view} />}</Awaited>}
    </>
  );
}

function Searches({ view }: { view: SearchesView }): ReactNode {
  const { say } = useWords();
  const undecided = view.theirs.filter((one) => one.said === null && !one.sent).length;
  return (
    <Tabs
      label={say("reviews.searches")}
      tabs={[
        { id: "theirs", label: `${say("reviews.theirsAsk")} (${undecided})`, body: <Theirs view={view} /> },
        { id: "ours", label: say("reviews.oursAsk"), body: <Ours view={view} /> },
      ]}
    />
  );
}

function Theirs({ view }: { view: SearchesView }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md" maw="48rem">
      <Said>{say("reviews.theirsAsk.text", { count: view.waiting })}</Said>
      {view.theirs.length === 0 ? (
        <Empty title={say("reviews.theirsAsk.none")} />
      ) : (
        view.theirs.map((one) => <Sought key={`${one.search} ${one.person}`} of={one} names={view.names} />)
      )}
    </Stack>
  );
}

function Sought({ of, names }: { of: SoughtView; names: Record<string, string> }): ReactNode {
  const { say, state, time } = useWords();
  return (
    <Card withBorder padding="sm" component="article">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            <bdi>{of.name === "" ? of.pseudonym : of.name}</bdi> · {of.pseudonym}
          </Title>
          <StateTag tone={of.said === null ? "waiting" : "plain"}>
            {say(of.said === null ? "reviews.toRule" : `reviews.sought.${of.said.says}`)}
          </StateTag>
        </Group>
        <Said>
          {say(`reviews.sought.purpose.${of.purpose}`, { state: state(of.peer) })} {of.unit}: {of.reason}
        </Said>
        <Text size="sm" c="dimmed">
          {say(of.sent ? "reviews.sought.left" : "reviews.sought.leaves", { time: time(of.answerAt) })}
        </Text>
        {of.said !== null && (
          <Text size="sm">
            {say(`reviews.threat.${of.said.threat}`)} · {of.said.reason} · {names[of.said.by] ?? "–"}
          </Text>
        )}
        {!of.sent && (
          <Guided by="reviews.guide.sought">
            <Check of={of} />
          </Guided>
        )}
      </Stack>
    </Card>
  );
}

/** First whether the unit that asks may be a threat to her; only then whether it is told. */
function Check({ of }: { of: SoughtView }): ReactNode {
  const { say, state } = useWords();
  const { officer } = useSession();
  const queries = useQueryClient();
  const [threat, setThreat] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function send(says: "tell" | "withhold"): Promise<void> {
    setFault(null);
    try {
      await api.post(`${path}/sought`, { search: of.search, person: of.person, says, threat, reason });
      setReason("");
      await queries.invalidateQueries({ queryKey: key });
    } catch (no) {
      setFault(no);
    }
  }
  const whole = threat !== null && reason.trim().length >= 3;
  return (
    <Stack gap="sm" maw="40rem">
      <RadioField
        label={say("reviews.threat")}
        value={threat}
        choices={threats.map((one) => ({ value: one, label: say(`reviews.threat.${one}`) }))}
        onChange={setThreat}
      />
      <LongTextField
        label={say("reviews.rule.reason")}
        required
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      {fault !== null && <Problem fault={fault} kept={say("reviews.kept")} />}
      <Group gap="sm">
        <Button variant="default" disabled={!whole} onClick={() => void send("withhold")}>
          {say("reviews.sought.act.withhold")}
        </Button>
        {threat === "none" && (
          <LeaveStateButton
            label={say("reviews.sought.act.tell")}
            recipients={[say("reviews.search.to", { state: state(of.peer) })]}
            codes={say("reviews.search.sealed")}
            approves={officer.name}
            reasonNeeded={false}
            preview={<Said>{say("reviews.sought.preview", { pseudonym: of.pseudonym })}</Said>}
            disabled={!whole}
            onLeave={() => send("tell")}
          />
        )}
      </Group>
    </Stack>
  );
}

function Ours({ view }: { view: SearchesView }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md" maw="48rem">
      <Guided by="reviews.guide.search">
        <Propose states={view.states} />
      </Guided>
      {view.ours.map((one) => (
        <Own key={one.id} of={one} names={view.names} />
      ))}
      {view.ours.length === 0 && <Text size="sm">{say("reviews.oursAsk.none")}</Text>}
    </Stack>
  );
}

function Own({ of, names }: { of: SearchView; names: Record<string, string> }): ReactNode {
  const { say, state, time } = useWords();
  const { officer } = useSession();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const act = (what: "agree" | "decline"): Promise<void> =>
    api
      .post(`${path}/${of.id}/${what}`)
      .then(() => queries.invalidateQueries({ queryKey: key }))
      .catch((no: unknown) => {
        setFault(no);
        throw no;
      });
  return (
    <Card withBorder padding="sm" component="article">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            {state(of.peer)} · {say(`reviews.search.${of.purpose}`, { count: of.subjects })}
          </Title>
          <StateTag tone={of.state === "proposed" ? "waiting" : "plain"}>
            {say(`reviews.search.state.${of.state}`)}
          </StateTag>
        </Group>
        <Said>{of.reason}</Said>
        <Text size="sm" c="dimmed">
          {names[of.proposedBy] ?? "–"}
          {of.agreedBy !== null && `, ${names[of.agreedBy] ?? "–"}`} · {time(of.at)}
          {of.answerAt !== null && ` · ${say("reviews.search.answerAt", { time: time(of.answerAt) })}`}
        </Text>
        {of.known !== null && of.known.length === 0 && <Said>{say("reviews.search.nothing")}</Said>}
        {(of.known ?? []).map((one) => (
          <Said key={`${one.person} ${one.pseudonym}`}>
            <Link to={`/victims/${one.person}`}>
              <bdi>{one.about}</bdi>
            </Link>
            : {say("reviews.search.known", { state: state(of.peer), pseudonym: one.pseudonym })}{" "}
            {say(`reviews.status.${one.status}`)}
          </Said>
        ))}
        {fault !== null && <Problem fault={fault} />}
        <Group gap="sm">
          {of.may.includes("agree") && (
            <LeaveStateButton
              label={say("reviews.search.agree")}
              recipients={[say("reviews.search.to", { state: state(of.peer) })]}
              codes={say("reviews.search.sealed")}
              approves={officer.name}
              reasonNeeded={false}
              preview={<Said>{say("reviews.search.preview", { count: of.subjects })}</Said>}
              onLeave={() => act("agree")}
            />
          )}
          {of.may.includes("decline") && (
            <Button variant="default" onClick={() => void act("decline").catch(() => undefined)}>
              {say("reviews.search.decline")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function Propose({ states }: { states: readonly string[] }): ReactNode {
  const { say, state } = useWords();
  const queries = useQueryClient();
  const [person] = useAddressValue("person", "");
  const [peer, setPeer] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function propose(): Promise<void> {
    setFault(null);
    try {
      const about = person === "" ? { kind: "review" } : { kind: "person", person };
      await api.post(path, { peer, about, reason });
      setReason("");
      await queries.invalidateQueries({ queryKey: key });
    } catch (no) {
      setFault(no);
    }
  }
  if (states.length === 0) return <Said>{say("reviews.search.noState")}</Said>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void propose();
      }}
    >
      <Stack gap="sm" maw="40rem">
        <Said>{say(person === "" ? "reviews.search.new.review" : "reviews.search.new.person")}</Said>
        <ChoiceField
          label={say("reviews.search.peer")}
          required
          value={peer}
          choices={states.map((one) => ({ value: one, label: state(one) }))}
          onChange={setPeer}
        />
        <LongTextField
          label={say("reviews.search.reason")}
          hint={say("reviews.search.reason.hint")}
          required
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={setReason}
        />
        {fault !== null && <Problem fault={fault} kept={say("reviews.kept")} />}
        <div>
          <Button type="submit" disabled={peer === null || reason.trim().length < 3}>
            {say("reviews.search.propose")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
