// One referral, hand-over or proposal: what was given, the clock, what was answered, who holds it.
import { Alert, Button, Card, Code, CopyButton, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ClockText,
  Guided,
  Link,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  api,
  useGo,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { rejections } from "../contract.ts";
import { NextStep, toneOf } from "./board.tsx";
import { useFresh, useLists, useShare, type Referred, type ShareView } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <One />
    </Gate>
  );
}

function One(): ReactNode {
  const { say, state } = useWords();
  const query = useShare(useParam("id"));
  return (
    <Awaited query={query} back="/referrals">
      {(view) => {
        const { share } = view;
        const given = view.given as Partial<Referred> | null;
        return (
          <>
            <PageHead
              title={`${say(`referrals.kind.${given?.kind ?? share.what}`)} · ${view.person?.pseudonym ?? say("referrals.noName")}`}
              back={{ to: "/referrals", label: say("referrals.room") }}
              marks={
                <>
                  <StateTag tone={toneOf(share.state)}>{say(`referrals.state.${share.state}`)}</StateTag>
                  {share.crossed && <StateTag tone="plain">{say("referrals.crossed")}</StateTag>}
                  {share.due !== null && <ClockText due={share.due} />}
                </>
              }
            />
            <Stack gap="lg" maw="44rem">
              <Text>
                {share.ours
                  ? say("referrals.to", { who: view.recipientName ?? "" })
                  : say("referrals.fromWho", { who: share.peer === null ? "" : state(share.peer) })}
                {" · "}
                {say(`referrals.way.${share.way}`)}
                {view.person !== null && (
                  <>
                    {" · "}
                    <Link to={`/referrals/people/${view.person.id}`}>{say("referrals.sharing")}</Link>
                  </>
                )}
              </Text>
              {view.link !== null && <LinkToHand link={view.link} opened={share.opened} />}
              <Given view={view} />
              <Answer view={view} />
              <Acts view={view} />
              {view.next !== null && <NextStep of={view.next} />}
              <Steps view={view} />
              <Holders view={view} />
            </Stack>
          </>
        );
      }}
    </Awaited>
  );
}

function LinkToHand({ link, opened }: { link: string; opened: boolean }): ReactNode {
  const { say } = useWords();
  const whole = `${window.location.origin}${link}`;
  return (
    <Alert title={say("referrals.link")}>
      <Stack gap="xs">
        <Text size="sm">{say("referrals.link.text")}</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {whole}
        </Code>
        <Group>
          <CopyButton value={whole}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? say("referrals.link.copied") : say("referrals.link.copy")}
              </Button>
            )}
          </CopyButton>
          {opened && <StateTag tone="waiting">{say("referrals.link.opened")}</StateTag>}
        </Group>
      </Stack>
    </Alert>
  );
}

export function Given({ view }: { view: ShareView }): ReactNode {
  const { say } = useWords();
  const given = view.given as
    | (Partial<Referred> & { text?: string; facts?: { names?: { text: string }[] }; entries?: unknown[] })
    | null;
  const title = say(view.share.ours ? "referrals.given" : "referrals.givenToUs");
  if (given === null) return <Text c="dimmed">{say("referrals.nothingHeld")}</Text>;
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {given.data !== undefined && (
        <dl style={{ margin: 0 }}>
          {Object.entries(given.data).map(([set, text]) => (
            <div key={set}>
              <Text component="dt" size="sm" c="dimmed">
                {say(`referrals.data.${set}`)}
              </Text>
              <Text component="dd" m={0} mb="xs" style={{ whiteSpace: "pre-wrap" }}>
                <bdi>{text}</bdi>
              </Text>
            </div>
          ))}
        </dl>
      )}
      {given.facts !== undefined && (
        <Text>
          {say("referrals.wholeFile", {
            name: given.facts.names?.map(({ text }) => text).join(", ") ?? "",
            count: given.entries?.length ?? 0,
          })}
        </Text>
      )}
      {given.text !== undefined && <Text style={{ whiteSpace: "pre-wrap" }}>{given.text}</Text>}
      {given.purpose !== undefined && (
        <Text size="sm" c="dimmed">
          {say("referrals.for", { purpose: say(`referrals.purpose.${given.purpose}`) })}
          {given.onward !== undefined &&
            ` · ${say(given.onward ? "referrals.handed.onward" : "referrals.handed.notOnward")}`}
        </Text>
      )}
      {given.note !== undefined && given.note !== "" && <Text mt="xs">{given.note}</Text>}
    </Card>
  );
}

function Answer({ view }: { view: ShareView }): ReactNode {
  const { say } = useWords();
  const { answer } = view;
  if (answer === null) return null;
  return (
    <Card withBorder component="section" aria-label={say("referrals.answer")}>
      <Title order={2} size="h4" mb="xs">
        {say("referrals.answer")}
      </Title>
      {answer.code !== undefined && answer.code !== null && (
        <Text>{say(`referrals.rejection.${answer.code}`)}</Text>
      )}
      {answer.text !== undefined && answer.text !== "" && (
        <Text style={{ whiteSpace: "pre-wrap" }}>{answer.text}</Text>
      )}
      {answer.name !== undefined && answer.name !== "" && (
        <Text size="sm" c="dimmed">
          {answer.name}
        </Text>
      )}
    </Card>
  );
}

/** What this officer can do with it now. */
function Acts({ view }: { view: ShareView }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const go = useGo();
  const lists = useLists();
  const [text, setText] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { share, person } = view;
  const given = view.given as Partial<Referred> | null;
  async function act(path: string, body: object): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const done = await api.post<{ person?: string | null }>(path, body);
      await fresh();
      setOpen(null);
      setText("");
      if (typeof done.person === "string") go(`/referrals/people/${done.person}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const here = `/api/referrals/shares/${share.id}`;
  const follow = (step: string): Promise<void> =>
    act(`/api/referrals/people/${person?.id ?? ""}/follow`, { share: share.id, step, code, text });
  const byHand = share.ours && share.way !== "peer" && person !== null;
  const called = ["withdrawn", "revoked"].includes(share.state);
  const stillHeld =
    byHand && called && view.holders.some((one) => one.share === share.id && one.closedAt === null);
  const kind = given?.kind;
  const steps =
    byHand && share.state === "accepted" && kind !== undefined
      ? (lists.data?.terms.kinds[kind].steps ?? [])
      : [];
  const unseen = share.ours && (share.state === "returned" || share.state === "rejected");
  const writes = byHand || (!share.ours && ["pending", "accepted"].includes(share.state));
  const acts = (
    <Stack gap="sm" className="s-noprint">
      {open === "reject" && (
        <ChoiceField
          label={say("referrals.handed.why")}
          required
          value={code}
          choices={rejections.map((one) => ({ value: one, label: say(`referrals.rejection.${one}`) }))}
          onChange={setCode}
        />
      )}
      {((!share.ours && ["pending", "accepted"].includes(share.state) && share.what !== "transfer") ||
        open === "reject" ||
        byHand) && (
        <LongTextField
          label={say(share.ours ? "referrals.noteHere" : "referrals.word")}
          rows={2}
          maxLength={2000}
          value={text}
          onChange={setText}
        />
      )}
      {fault !== null && <Problem fault={fault} />}
      <Group gap="sm" className="s-acts">
        {!share.ours && share.state === "pending" && open === null && (
          <>
            <Button
              loading={busy}
              disabled={view.given === null}
              onClick={() => void act(`${here}/accept`, { text })}
            >
              {say(`referrals.accept.${share.what}`)}
            </Button>
            <Button variant="default" onClick={() => setOpen("reject")}>
              {say("referrals.reject")}
            </Button>
          </>
        )}
        {open === "reject" && (
          <Button
            loading={busy}
            disabled={code === null || (code === "other" && text.trim() === "")}
            onClick={() =>
              share.ours ? void follow("rejected") : void act(`${here}/reject`, { code, text })
            }
          >
            {say("referrals.reject")}
          </Button>
        )}
        {!share.ours && share.state === "accepted" && share.what === "referral" && (
          <Button variant="default" loading={busy} onClick={() => void act(`${here}/done`, { text })}>
            {say("referrals.done")}
          </Button>
        )}
        {byHand && share.state === "pending" && open === null && (
          <>
            <Button variant="default" loading={busy} onClick={() => void follow("accepted")}>
              {say("referrals.saidYes")}
            </Button>
            <Button variant="default" onClick={() => setOpen("reject")}>
              {say("referrals.saidNo")}
            </Button>
          </>
        )}
        {steps.map((one) => (
          <Button key={one} variant="default" loading={busy} onClick={() => void follow(one)}>
            {say(`referrals.step.${one}`)}
          </Button>
        ))}
        {byHand && share.state === "accepted" && (
          <Button variant="default" loading={busy} onClick={() => void follow("done")}>
            {say("referrals.done")}
          </Button>
        )}
        {stillHeld && (
          <Button loading={busy} onClick={() => void follow("told-to-stop")}>
            {say("referrals.toldToStop")}
          </Button>
        )}
        {share.ours &&
          ["pending", "accepted"].includes(share.state) &&
          !(share.what === "transfer" && share.state === "accepted") && (
            <Button variant="default" loading={busy} onClick={() => void act(`${here}/revoke`, {})}>
              {say("referrals.revoke")}
            </Button>
          )}
        {unseen && (
          <Button variant="default" loading={busy} onClick={() => void act(`${here}/seen`, {})}>
            {say("referrals.seen")}
          </Button>
        )}
      </Group>
    </Stack>
  );
  if (!writes) return acts;
  return <Guided by={share.ours ? "referrals.guide.follow" : "referrals.guide.answer"}>{acts}</Guided>;
}

function Steps({ view }: { view: ShareView }): ReactNode {
  const { say } = useWords();
  if (view.steps.length === 0) return null;
  return (
    <section aria-label={say("referrals.story")}>
      <Title order={2} size="h4" mb="xs">
        {say("referrals.story")}
      </Title>
      {view.steps.map((one) => (
        <Text key={one.at + one.step} size="sm" component="div">
          <TimeText at={one.at} /> · {say(`referrals.step.${one.step}`)}
          {one.code !== null && ` · ${say(`referrals.rejection.${one.code}`)}`}
          {one.text !== "" && ` · ${one.text}`}
        </Text>
      ))}
    </section>
  );
}

function Holders({ view }: { view: ShareView }): ReactNode {
  const { say, state } = useWords();
  if (view.holders.length === 0) return null;
  return (
    <section aria-label={say("referrals.holders")}>
      <Title order={2} size="h4" mb="xs">
        {say("referrals.holders")}
      </Title>
      <Stack gap={4}>
        {view.holders.map((one) => (
          <Group key={one.share} gap="xs" pl={one.via === null ? 0 : "lg"}>
            <Text size="sm">{one.state === null ? say("referrals.aService") : state(one.state)}</Text>
            {one.closedAt !== null ? (
              <StateTag tone="good">{say("referrals.closed")}</StateTag>
            ) : one.toldAt !== null ? (
              <StateTag tone={one.overdue ? "bad" : "waiting"}>
                {say(one.overdue ? "referrals.notClosed" : "referrals.told")}
              </StateTag>
            ) : (
              <StateTag tone="plain">{say("referrals.holds")}</StateTag>
            )}
          </Group>
        ))}
      </Stack>
    </section>
  );
}
