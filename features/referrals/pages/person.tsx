// Her own word, and what was shared on it: asked, refused, taken back; who looks after her (VIC-3).
import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Guided,
  Link,
  LinkButton,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  api,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { toneOf } from "./board.tsx";
import { useConsent, useFresh, useSharing, type PersonConsent, type PersonSharing } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <Sharing />
    </Gate>
  );
}

function Sharing(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const query = useConsent(id);
  const sharing = useSharing(id);
  return (
    <Awaited query={query} back="/victims">
      {(view) => (
        <>
          <PageHead
            title={say("referrals.sharingOf", { who: view.person.pseudonym })}
            back={{ to: `/victims/${id}`, label: view.person.pseudonym }}
            {...(sharing.data?.owner === null && {
              act: <LinkButton to={`/referrals/people/${id}/ask`}>{say("referrals.ask")}</LinkButton>,
            })}
          />
          <Stack gap="lg" maw="44rem">
            <Awaited query={sharing}>{(more) => <Owner of={more} />}</Awaited>
            {sharing.data?.owner === null && (
              <Group gap="sm" className="s-noprint">
                <LinkButton to={`/referrals/people/${id}/refer`} variant="default">
                  {say("referrals.refer")}
                </LinkButton>
                <LinkButton to={`/referrals/people/${id}/hand-over`} variant="default">
                  {say("referrals.handOver")}
                </LinkButton>
              </Group>
            )}
            <Consents view={view} />
            <Overrides view={view} />
            <Awaited query={sharing}>{(more) => <Brought of={more} />}</Awaited>
          </Stack>
        </>
      )}
    </Awaited>
  );
}

/** Another state has her: what is known here goes there as a proposal. */
function Owner({ of }: { of: PersonSharing }): ReactNode {
  const { say, state } = useWords();
  const fresh = useFresh();
  const [text, setText] = useState("");
  const [share, setShare] = useState(() => crypto.randomUUID());
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (of.owner === null) return null;
  async function propose(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/referrals/people/${of.person.id}/propose`, { share, text });
      setText("");
      setShare(crypto.randomUUID());
      await fresh();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Alert title={say("referrals.owner", { state: state(of.owner) })}>
      <Stack gap="xs">
        <LongTextField
          label={say("referrals.propose.text")}
          rows={2}
          maxLength={8000}
          value={text}
          onChange={setText}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button loading={busy} disabled={text.trim() === ""} onClick={() => void propose()}>
            {say("referrals.propose")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Consents({ view }: { view: PersonConsent }): ReactNode {
  const { say, list, language } = useWords();
  const fresh = useFresh();
  const [open, setOpen] = useState<string | null>(null);
  const [how, setHow] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [told, setTold] = useState<number | null>(null);
  const given = view.consents.filter((one) => one.consent.answer === "given" && one.withdrawnAt === null);
  async function withdraw(consent: string): Promise<void> {
    setFault(null);
    try {
      const { shares } = await api.post<{ shares: number }>(
        `/api/referrals/people/${view.person.id}/withdraw`,
        {
          consent,
          how,
        },
      );
      setTold(shares);
      setOpen(null);
      setHow("");
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  const form = (consent: string): ReactNode => (
    <Guided by="referrals.withdraw.text">
      <Stack gap="xs" mt="xs">
        <LongTextField
          label={say("referrals.withdraw.how")}
          rows={2}
          maxLength={500}
          value={how}
          onChange={setHow}
        />
        <Group>
          <Button onClick={() => void withdraw(consent)}>{say("referrals.withdraw")}</Button>
          <Button variant="default" onClick={() => setOpen(null)}>
            {say("referrals.cancel")}
          </Button>
        </Group>
      </Stack>
    </Guided>
  );
  return (
    <section aria-label={say("referrals.consents")}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {say("referrals.consents")}
        </Title>
        {given.length > 1 && open !== "all" && (
          <Button variant="default" size="compact-sm" onClick={() => setOpen("all")}>
            {say("referrals.withdraw.all")}
          </Button>
        )}
      </Group>
      {told !== null && <Alert mb="xs">{say("referrals.withdraw.done", { count: told })}</Alert>}
      {fault !== null && <Problem fault={fault} />}
      {open === "all" && form("all")}
      {view.consents.length === 0 && (
        <Empty title={say("referrals.none.consent")}>{say("referrals.none.consent.text")}</Empty>
      )}
      <Stack gap="xs">
        {[...view.consents].reverse().map((one) => (
          <Card key={one.id} withBorder padding="sm">
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{one.consent.recipientName}</Text>
              <StateTag
                tone={one.withdrawnAt !== null ? "plain" : one.consent.answer === "given" ? "good" : "bad"}
              >
                {say(
                  one.withdrawnAt !== null
                    ? "referrals.said.withdrawn"
                    : `referrals.said.${one.consent.answer}`,
                )}
              </StateTag>
            </Group>
            <Text size="sm" c="dimmed" component="div">
              {say("referrals.for", { purpose: say(`referrals.purpose.${one.consent.purpose}`) })} ·{" "}
              {list(one.consent.data.map((set) => say(`referrals.data.${set}`)))} ·{" "}
              {say(`referrals.how.${one.consent.how}`)} ({language(one.consent.language)})
              {one.consent.interpreter !== "" && ` · ${one.consent.interpreter}`}
              {one.consent.guardian !== null &&
                ` · ${say("referrals.withGuardian", { name: one.consent.guardian.name })}`}{" "}
              · <TimeText at={one.at} />
            </Text>
            <Shares of={one.shares} />
            {one.consent.answer === "given" && one.withdrawnAt === null && open !== one.id && (
              <Group mt="xs" className="s-noprint">
                <Button size="compact-sm" variant="default" onClick={() => setOpen(one.id)}>
                  {say("referrals.withdraw")}
                </Button>
              </Group>
            )}
            {open === one.id && form(one.id)}
          </Card>
        ))}
      </Stack>
    </section>
  );
}

function Shares({ of }: { of: { share: string; state: string }[] }): ReactNode {
  const { say } = useWords();
  if (of.length === 0) return null;
  return (
    <Group gap="xs" mt={4}>
      {of.map((one) => (
        <Link key={one.share} to={`/referrals/${one.share}`}>
          <StateTag tone={toneOf(one.state)}>{say(`referrals.state.${one.state}`)}</StateTag>
        </Link>
      ))}
    </Group>
  );
}

/** Shared without her consent: each is looked at by somebody else. */
function Overrides({ view }: { view: PersonConsent }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function review(override: string, upheld: boolean): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/referrals/people/${view.person.id}/override/review`, { override, upheld, reason });
      setReason("");
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  if (view.overrides.length === 0) return null;
  return (
    <section aria-label={say("referrals.overrides")}>
      <Title order={2} size="h4" mb="xs">
        {say("referrals.overrides")}
      </Title>
      {fault !== null && <Problem fault={fault} />}
      <Stack gap="xs">
        {view.overrides.map((one) => (
          <Card key={one.id} withBorder padding="sm">
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{one.override.recipientName}</Text>
              <StateTag tone={one.review === null ? "waiting" : one.review.upheld ? "good" : "bad"}>
                {say(
                  one.review === null
                    ? "referrals.review.waits"
                    : one.review.upheld
                      ? "referrals.review.upheld"
                      : "referrals.review.ended",
                )}
              </StateTag>
            </Group>
            <Text size="sm">
              {say(`referrals.because.${one.override.because}`)} · {one.override.reason} ·{" "}
              <TimeText at={one.at} />
            </Text>
            <Shares of={one.shares} />
            {one.review === null && one.mine && <Text size="sm">{say("referrals.reviewedByOther")}</Text>}
            {one.review === null && !one.mine && (
              <Guided by="referrals.guide.review">
                <Stack gap="xs" mt="xs">
                  <LongTextField
                    label={say("referrals.review.reason")}
                    rows={2}
                    maxLength={4000}
                    value={reason}
                    onChange={setReason}
                  />
                  <Group>
                    <Button disabled={reason.trim() === ""} onClick={() => void review(one.id, true)}>
                      {say("referrals.review.uphold")}
                    </Button>
                    <Button
                      variant="default"
                      disabled={reason.trim() === ""}
                      onClick={() => void review(one.id, false)}
                    >
                      {say("referrals.review.end")}
                    </Button>
                  </Group>
                </Stack>
              </Guided>
            )}
          </Card>
        ))}
      </Stack>
    </section>
  );
}

/** What other desks knew, as it came. */
function Brought({ of }: { of: PersonSharing }): ReactNode {
  const { say, state } = useWords();
  if (of.brought.length === 0) return null;
  return (
    <section aria-label={say("referrals.brought")}>
      <Title order={2} size="h4" mb="xs">
        {say("referrals.brought")}
      </Title>
      <Stack gap="xs">
        {of.brought.map((one) => (
          <Card key={one.id} withBorder padding="sm">
            <Text size="sm" c="dimmed" component="div">
              {state(one.from)} · <TimeText at={one.at} />
            </Text>
            <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {textOf(one.data)}
            </Text>
          </Card>
        ))}
      </Stack>
    </section>
  );
}

const textOf = (data: unknown): string =>
  typeof data === "object" && data !== null && "text" in data && typeof data.text === "string"
    ? data.text
    : JSON.stringify(data, null, 1);
