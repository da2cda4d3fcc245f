// A permission as it was asked, and, for the state whose information it is, deciding it record by record (HC-7, HC-8).
import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ClockText,
  HandlingBadge,
  LeaveStateButton,
  Link,
  LinkButton,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  WhyThis,
  address,
  api,
  tell,
  useLive,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { PermissionView } from "../contract.ts";
import { useAct, useCodeWords, useFresh, usePermission, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";
import { isOpen } from "./permission-list.tsx";
import { GrantLines } from "./terms.tsx";
import { Facts, PermissionTag, ThreeTimes, Who } from "./texts.tsx";
import "./requests.css";

export function Page(): ReactNode {
  const id = useParam("id");
  const query = usePermission(id);
  useLive(["permission", "request"]);
  return (
    <Awaited query={query} back="/requests?box=permissions">
      {(view) => <Permission view={view} />}
    </Awaited>
  );
}

function Permission({ view }: { view: Named<PermissionView> }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const { node } = useSession();
  const asks = view.box === "incoming" ? view.peer : node.code;
  const decides = view.box === "incoming" ? node.code : view.peer;
  return (
    <>
      <PageHead
        title={say(`requests.permission.title.${view.box}`, { state: state(view.peer) })}
        windowTitle={view.reference}
        back={{ to: `/requests?box=permissions&way=${view.box}`, label: say("requests.box.permissions") }}
        marks={
          <>
            <PermissionTag state={view.state} />
            {view.overdue && <StateTag tone="bad">{say("requests.permission.overdue")}</StateTag>}
          </>
        }
      />
      <div className="r-two">
        <Stack gap="lg">
          <section className="r-sheet" aria-label={say("requests.permission.what")}>
            <Facts
              of={[
                { label: say("requests.permission.asks"), value: state(asks) },
                {
                  label: say("requests.permission.action"),
                  value:
                    view.action === "court"
                      ? `${say("requests.action.court")}: ${view.court ?? ""}`
                      : `${say("requests.action.onward")}: ${words.list(view.recipients.map((one) => state(one)))}`,
                },
                { label: say("requests.permission.reason"), value: view.reason },
                {
                  label: say("requests.purpose"),
                  value: words.sayOne([`purpose.${view.purpose}`]) ?? view.purpose,
                },
                { label: say("requests.legalBasis"), value: code("legalBases", view.legalBasis) },
                {
                  label: say("requests.neededBy"),
                  value: view.neededBy === null ? "–" : words.date(view.neededBy),
                },
                ...(view.askedBy === null
                  ? []
                  : [{ label: say("requests.author"), value: <Who id={view.askedBy} names={view.names} /> }]),
              ]}
            />
          </section>
          {view.may.includes("permission.decide") ? <Decide view={view} /> : <Decided view={view} />}
          <WhyThis of={view.id} />
        </Stack>
        <Stack gap="md" component="aside" aria-label={say("requests.standing")}>
          <section className="r-sheet">
            <Group gap="xs" mb="xs">
              <Text fw={600}>{view.reference}</Text>
              {isOpen(view) && <ClockText due={view.due} />}
            </Group>
            <Text size="sm" component="div">
              {say("requests.permission.asked")}: <ThreeTimes at={view.at} other={view.peer} />
            </Text>
            {isOpen(view) && (
              <>
                <Text size="sm" component="div">
                  {say("requests.clock.due")}: <ThreeTimes at={view.due} other={view.peer} />
                </Text>
                <Text size="sm">{say("requests.permission.waits", { state: state(decides) })}</Text>
              </>
            )}
            <Text size="sm" mt="xs">
              {say("requests.silence")}
            </Text>
            {view.letter !== null && (
              <Text size="sm" mt="xs">
                {say("requests.permission.letter")}{" "}
                <Link to={`/letters/${view.letter.id}`}>{view.letter.reference}</Link>
              </Text>
            )}
            {view.case !== null && (
              <Text size="sm" mt="xs">
                <Link to={`/cases/${view.case.number}`}>{view.case.number}</Link>
              </Text>
            )}
            {view.request !== null && (
              <Text size="sm" mt="xs">
                <Link to={`/requests/${view.request}?tab=answers`}>{say("requests.permission.request")}</Link>
              </Text>
            )}
          </section>
          {view.may.includes("permission.withdraw") && <TakeBack view={view} />}
        </Stack>
      </div>
    </>
  );
}

function TakeBack({ view }: { view: PermissionView }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const { busy, fault, run } = useAct();
  return (
    <div className="s-noprint">
      {fault !== null && <Problem fault={fault} />}
      <Button
        variant="default"
        loading={busy}
        onClick={() => void run(() => api.post(`/api/requests/permissions/${view.id}/withdraw`)).then(fresh)}
      >
        {say("requests.permission.withdraw")}
      </Button>
    </div>
  );
}

/** What was decided, record by record, with the signed permission that travels along. */
function Decided({ view }: { view: Named<PermissionView> }): ReactNode {
  const words = useWords();
  const { say } = words;
  const code = useCodeWords();
  return (
    <section aria-label={say("requests.permission.records")}>
      <Title order={2} size="h5" mb="xs">
        {say("requests.permission.records")}
      </Title>
      <Stack gap="xs" component="ul" className="r-cards">
        {view.records.map((one) => (
          <li key={one.record} className="r-sheet">
            <Group justify="space-between" gap="xs">
              <bdi>{one.title}</bdi>
              <StateTag tone={one.granted === null ? "waiting" : one.granted ? "good" : "bad"}>
                {say(
                  one.granted === null
                    ? "requests.decision.open"
                    : one.granted
                      ? "requests.decision.granted"
                      : "requests.decision.refused",
                )}
              </StateTag>
            </Group>
            {one.ground !== null && <Text size="sm">{code("grounds", one.ground)}</Text>}
            <GrantLines grants={view.grants.filter((grant) => grant.record === one.record)} />
          </li>
        ))}
      </Stack>
      {view.decidedAt !== null && (
        <Facts
          of={[
            { label: say("requests.decision.at"), value: <TimeText at={view.decidedAt} other={view.peer} /> },
            ...(view.decisionReason === null || view.decisionReason === ""
              ? []
              : [{ label: say("requests.decision.reason"), value: view.decisionReason }]),
            ...(view.conditions === ""
              ? []
              : [{ label: say("requests.decision.conditions"), value: view.conditions }]),
            {
              label: say("requests.decision.notAfter"),
              value: view.notAfter === null ? say("requests.decision.noEnd") : words.date(view.notAfter),
            },
          ]}
        />
      )}
      {view.grants.map((grant) => (
        <details key={grant.id}>
          <summary>{say("requests.signed")}</summary>
          <pre className="r-signed" tabIndex={0}>
            {grant.signed}
          </pre>
        </details>
      ))}
      {view.state === "granted" || view.state === "conditions" || view.state === "partly" ? (
        view.box === "outgoing" && (
          <Alert variant="default" mt="md" title={say("requests.permission.now")}>
            <Stack gap="xs" align="flex-start">
              {say(`requests.permission.now.${view.action}`)}
              {view.action === "onward" && (
                <LinkButton
                  to={address("/requests/new", {
                    case: view.case?.number,
                    state: view.recipients.join(","),
                    records: view.records
                      .filter((one) => one.granted === true)
                      .map((one) => one.record)
                      .join(","),
                  })}
                >
                  {say("requests.pass.to", {
                    states: words.list(view.recipients.map((one) => words.state(one))),
                  })}
                </LinkButton>
              )}
            </Stack>
          </Alert>
        )
      ) : (
        <Text size="sm" mt="md">
          {say("requests.silence")}
        </Text>
      )}
    </section>
  );
}

/** Each record is granted or refused by its own; nothing is chosen beforehand. */
function Decide({ view }: { view: Named<PermissionView> }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const { officer, node } = useSession();
  const fresh = useFresh();
  const codes = useRequestCodes();
  const [grants, setGrants] = useState<Readonly<Record<string, "yes" | "no">>>({});
  const [grounds, setGrounds] = useState<Readonly<Record<string, string>>>({});
  const [conditions, setConditions] = useState("");
  const [notAfter, setNotAfter] = useState("");
  const any = Object.values(grants).includes("yes");
  const ready = view.records.every(
    (one) =>
      grants[one.record] === "yes" || (grants[one.record] === "no" && grounds[one.record] !== undefined),
  );
  const lines = view.records.map((one) => ({
    label: one.title,
    value:
      grants[one.record] === "yes"
        ? say("requests.decision.granted")
        : `${say("requests.decision.refused")}: ${code("grounds", grounds[one.record] ?? null)}`,
  }));
  return (
    <Stack gap="md" component="section" aria-label={say("requests.permission.decide")}>
      <Title order={2} size="h5">
        {say("requests.permission.decide")}
      </Title>
      {view.records.map((one) => (
        <div key={one.record} className="r-sheet">
          <RadioField
            label={one.title}
            value={grants[one.record] ?? null}
            choices={[
              { value: "yes", label: say("requests.decision.grant") },
              { value: "no", label: say("requests.decision.refuse") },
            ]}
            onChange={(next) => setGrants({ ...grants, [one.record]: next as "yes" | "no" })}
          />
          {grants[one.record] === "no" && (
            <ChoiceField
              label={say("requests.ground")}
              required
              value={grounds[one.record] ?? null}
              choices={(codes.data?.grounds ?? []).map((ground) => ({
                value: ground.code,
                label: code("grounds", ground.code),
              }))}
              onChange={(ground) => setGrounds({ ...grounds, [one.record]: ground ?? "" })}
            />
          )}
        </div>
      ))}
      {any && (
        <>
          <LongTextField
            label={say("requests.decision.conditions")}
            hint={say("requests.decision.conditions.hint")}
            rows={2}
            maxLength={2000}
            value={conditions}
            onChange={setConditions}
          />
          <TextField
            label={say("requests.decision.notAfter")}
            hint={say("requests.decision.notAfter.hint")}
            kind="date"
            value={notAfter}
            onChange={setNotAfter}
          />
        </>
      )}
      <Group className="s-acts">
        <LeaveStateButton
          label={say("requests.decision.send", { state: state(view.peer) })}
          disabled={!ready}
          recipients={[state(view.peer)]}
          codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
          approves={say("requests.approves.you", { name: officer.name })}
          preview={
            <Facts
              of={[
                ...lines,
                ...(any && conditions !== ""
                  ? [{ label: say("requests.decision.conditions"), value: conditions }]
                  : []),
                ...(any && notAfter !== ""
                  ? [{ label: say("requests.decision.notAfter"), value: words.date(notAfter) }]
                  : []),
              ]}
            />
          }
          onLeave={async (reason) => {
            await api.post(`/api/requests/permissions/${view.id}/decide`, {
              decisions: view.records.map((one) => ({
                record: one.record,
                grant: grants[one.record] === "yes",
                ...(grants[one.record] === "no" ? { ground: grounds[one.record] } : {}),
              })),
              conditions: any ? conditions.trim() : "",
              notAfter: any && notAfter !== "" ? notAfter : null,
              reason,
            });
            await fresh();
            tell(say("requests.sent", { state: state(view.peer) }));
          }}
        />
      </Group>
    </Stack>
  );
}
