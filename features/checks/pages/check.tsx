// One check: what each state answered for each selector, in words, live; and what to do next.
import { Alert, Button, Group, List, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Link,
  LinkButton,
  PageHead,
  Problem,
  TimeText,
  WhyThis,
  api,
  useHasPage,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Records } from "../../cases/contract.ts";
import type { RequestHead } from "../../requests/contract.ts";
import { hitLastsHours } from "../contract.ts";
import type { CheckSelector, CheckView } from "../contract.ts";
import { AskingTag, CheckTag, ResultText, useBecause, useCheck, Who, type Named } from "./data.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["check"]);
  const query = useCheck(id);
  return (
    <Awaited query={query} back="/check">
      {(view) => <Check view={view} />}
    </Awaited>
  );
}

function Check({ view }: { view: Named<CheckView> }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const away = view.asked.some((one) => one.state === "not-reached" || one.state === "given-up");

  async function act(what: "agree" | "decline" | "again"): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/checks/${view.id}/${what}`);
      await queries.invalidateQueries({ queryKey: ["check"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <PageHead
        title={say("checks.view.title", { count: view.selectors })}
        back={{ to: "/check", label: say("checks.room") }}
        marks={<CheckTag of={view} />}
        {...((view.mayDecide || away) && {
          act: view.mayDecide ? (
            <>
              <Button loading={busy} onClick={() => void act("agree")}>
                {say("checks.agree")}
              </Button>
              <Button variant="default" disabled={busy} onClick={() => void act("decline")}>
                {say("checks.decline")}
              </Button>
            </>
          ) : (
            <Button variant="default" loading={busy} onClick={() => void act("again")}>
              {say("checks.again")}
            </Button>
          ),
        })}
      />
      <Stack gap="lg">
        {fault !== null && <Problem fault={fault} />}
        <Needs view={view} />
        <Answers view={view} />
        <States view={view} />
        <Facts view={view} />
        <WhyThis of={view.id} />
      </Stack>
    </>
  );
}

/** Why a supervisor is asked, and what she is asked to look at. */
function Needs({ view }: { view: Named<CheckView> }): ReactNode {
  const { say } = useWords();
  if (view.needs.length === 0) return null;
  return (
    <Alert className="s-problem" variant="default" title={say(`checks.needs.${view.state}`)}>
      <List size="sm">
        {view.needs.map((need) => (
          <List.Item key={need}>{say(`checks.need.${need}`)}</List.Item>
        ))}
      </List>
      {view.supervisor !== null && (
        <Text size="sm" mt="xs">
          <Who id={view.supervisor} names={view.names} /> · <TimeText at={view.decidedAt} />
        </Text>
      )}
    </Alert>
  );
}

/** In how many other cases of this node each value lies, as far as she may know (RFI-12). */
function useHere(of: string): ReadonlyMap<string, number> | null {
  const { data } = useQuery({
    queryKey: ["case", of, "records", "selector"],
    queryFn: ({ signal }) =>
      api.get<{ records: Pick<Records, "selector"> }>(`/api/cases/${of}/records`, {
        query: { kinds: "selector" },
        signal,
      }),
    enabled: of !== "",
  });
  return data === undefined ? null : new Map(data.records.selector.map((one) => [one.id, one.elsewhere]));
}

function Here({ count, canonical }: { count: number; canonical: string }): ReactNode {
  const { say } = useWords();
  if (count === 0) return <span>{say("checks.here.none")}</span>;
  return (
    <Link to={`/cases?selector=${encodeURIComponent(canonical)}`}>{say("checks.here.some", { count })}</Link>
  );
}

function Answers({ view }: { view: Named<CheckView> }): ReactNode {
  const { say, state } = useWords();
  const { node: own } = useSession();
  const here = useHere(view.case.number);
  const ownLabel = say("checks.here", { state: state(own.code) });
  const hits = view.list.filter((one) => one.results.some((answer) => answer.result === "hit")).length;
  return (
    <section aria-labelledby="answers">
      <Title order={2} size="h4" id="answers" mb="xs">
        {say("checks.answers")}
      </Title>
      <Text mb="sm" role="status">
        {say("checks.hits.sum", { hits, count: view.selectors })}
      </Text>
      <div className="s-scroll" tabIndex={0} role="region" aria-label={say("checks.answers")}>
        <Table className="s-table" aria-label={say("checks.answers")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say("checks.selector")}</Table.Th>
              {view.asked.map((one) => (
                <Table.Th key={one.node} scope="col">
                  {state(one.node)}
                </Table.Th>
              ))}
              {here !== null && <Table.Th scope="col">{ownLabel}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {view.list.map((selector) => (
              <Table.Tr key={selector.record}>
                <Table.Td data-main>
                  <Selector of={selector} />
                </Table.Td>
                {view.asked.map(({ node }) => (
                  <Table.Td key={node} data-label={state(node)} style={{ flexBasis: "100%" }}>
                    <Answer view={view} selector={selector} node={node} />
                  </Table.Td>
                ))}
                {here !== null && (
                  <Table.Td data-label={ownLabel} style={{ flexBasis: "100%" }}>
                    {selector.canonical !== null && (
                      <Here count={here.get(selector.record) ?? 0} canonical={selector.canonical} />
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="sm" c="dimmed" mt="xs">
        {say("checks.answers.note")}
      </Text>
    </section>
  );
}

function Selector({ of }: { of: CheckSelector }): ReactNode {
  const { say } = useWords();
  if (of.canonical === null) return <Text size="sm">{say("checks.selector.gone")}</Text>;
  return (
    <>
      <Text size="sm" fw={600}>
        <bdi className="s-long">{of.canonical}</bdi>
      </Text>
      <Text size="xs" c="dimmed" fw={400}>
        {say(`selector.${of.type!}`)} · {say(`holder.${of.role!}`)}
      </Text>
    </>
  );
}

function Answer({
  view,
  selector,
  node,
}: {
  view: Named<CheckView>;
  selector: CheckSelector;
  node: string;
}): ReactNode {
  const { say, state } = useWords();
  const asking = useHasPage("/requests/new");
  const preserving = useHasPage("/assistance/new");
  const found = selector.results.find((one) => one.node === node);
  const asked = useAskedOf(view, node);
  if (found === undefined) return "–";
  const hit = found.result === "hit" && found.at !== null && selector.canonical !== null;
  const due = hit ? new Date(new Date(found.at!).getTime() + hitLastsHours * 3_600_000).toISOString() : null;
  return (
    <Group gap="xs" component="span">
      <ResultText result={found.result} />
      {hit && asking && (
        <>
          {asked.map((one) => (
            <Link key={one.id} to={`/requests/${one.id}`}>
              {say("checks.followed", { reference: one.reference })}
            </Link>
          ))}
          <LinkButton
            {...(asked.length > 0 && { variant: "default" })}
            to={`/requests/new?case=${view.case.number}&check=${view.id}&state=${node}&selector=${selector.record}`}
            size="compact-sm"
          >
            {say("checks.ask", { state: state(node) })}
          </LinkButton>
          {preserving &&
            (["preservation", "formal"] as const).map((kind) => (
              <LinkButton
                key={kind}
                variant="default"
                to={`/assistance/new?kind=${kind}&case=${view.case.number}&to=${node}&hit=${view.id}&records=${selector.record}`}
                size="compact-sm"
              >
                {say(kind === "formal" ? "requests.formal.ask" : "checks.preserve")}
              </LinkButton>
            ))}
          {asked.length === 0 && <ClockText due={due} />}
        </>
      )}
    </Group>
  );
}

/** What was asked of this state in this case since the check: a hit that was followed is not followed twice by mistake. */
function useAskedOf(view: CheckView, node: string): { id: string; reference: string }[] {
  const asking = useHasPage("/requests/new");
  const { data } = useQuery({
    queryKey: ["request", "of case", view.case.number],
    queryFn: ({ signal }) =>
      api.get<{ requests: RequestHead[] }>("/api/requests", {
        query: { box: "outgoing", case: view.case.number },
        signal,
      }),
    enabled: asking && view.case.number !== "",
  });
  return (data?.requests ?? []).flatMap((one) =>
    one.threads
      .filter((thread) => thread.peer === node && one.changedAt >= view.askedAt)
      .map((thread) => ({ id: one.id, reference: thread.reference })),
  );
}

/** How each state stands: answered, away and tried again, refused and why. */
function States({ view }: { view: Named<CheckView> }): ReactNode {
  const { say, state } = useWords();
  const because = useBecause();
  return (
    <section aria-labelledby="states">
      <Title order={2} size="h4" id="states" mb="xs">
        {say("checks.states")}
      </Title>
      <dl className="s-answers">
        {view.asked.map((one) => (
          <div key={one.node}>
            <dt>{state(one.node)}</dt>
            <dd>
              <AskingTag state={one.state} /> {because(one.because)}
              {one.nextTry !== null && one.state === "not-reached" && (
                <Text size="sm" component="div">
                  {say("checks.nextTry")} <TimeText at={one.nextTry} ago />
                </Text>
              )}
              {one.state === "answered" && (
                <Text size="sm" component="div" c="dimmed">
                  <TimeText at={one.answeredAt} other={one.node} />
                </Text>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Facts({ view }: { view: Named<CheckView> }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const lines: [string, ReactNode][] = [
    [
      say("checks.case"),
      view.case.number === "" ? (
        say("checks.case.hidden")
      ) : (
        <Link to={`/cases/${view.case.number}/selectors`}>
          {view.case.number} · {view.case.title}
        </Link>
      ),
    ],
    [say("checks.purpose"), say(`purpose.${view.purpose}`)],
    [say("checks.offence"), say(`cases.crime.${view.offence}`)],
    [say("checks.basis"), view.legalBasis],
    [
      say("checks.officer"),
      view.officer === officer.id ? officer.name : <Who id={view.officer} names={view.names} />,
    ],
    [say("checks.askedAt"), <TimeText key="at" at={view.askedAt} />],
    [say("checks.terms"), view.termsVersion],
  ];
  return (
    <section aria-labelledby="facts">
      <Title order={2} size="h4" id="facts" mb="xs">
        {say("checks.facts")}
      </Title>
      <dl className="s-answers">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
