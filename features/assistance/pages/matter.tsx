// One matter: the draft with its checker beside it, or what was asked with its story and the next acts; it prints as a paper.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Link, PageHead, WhyThis, useLive, useParam, useWords } from "@simpul/doors/web";
import { ReviewStanding } from "../../reviews/contract/standing.tsx";
import type { Codes } from "../contract.ts";
import { Acts, SendAct, sends } from "./acts.tsx";
import { Back } from "./back.tsx";
import { Certificate } from "./certificate.tsx";
import { Findings } from "./checklist.tsx";
import { authorityOf, useCodes, useMatter, type View } from "./data.ts";
import { Draft } from "./draft.tsx";
import { Marks } from "./list.tsx";
import { Paper } from "./paper.tsx";
import { Rests } from "./rests.tsx";
import { Story } from "./story.tsx";
import "./assistance.css";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["assistance", "request"]);
  const query = useMatter(id);
  const codes = useCodes();
  return (
    <Awaited query={query} back="/assistance">
      {(view) => <Awaited query={codes}>{(lists) => <Matter key={id} view={view} codes={lists} />}</Awaited>}
    </Awaited>
  );
}

function Matter({ view, codes }: { view: View; codes: Codes }): ReactNode {
  const { say, state } = useWords();
  const edits = view.may.includes("edit");
  return (
    <>
      <PageHead
        title={`${say(`assistance.type.${view.type}`)} · ${state(view.peer)}`}
        windowTitle={say("assistance.room")}
        back={{ to: "/assistance", label: say("assistance.room") }}
        marks={<Marks of={view} />}
        {...(edits || !sends(view) ? {} : { act: <SendAct view={view} codes={codes} /> })}
      />
      {view.reviews.length > 0 && view.sent === null && (
        <Stack gap="xs" mb="md" className="s-noprint">
          {view.reviews.map((one) => (
            <ReviewStanding key={one} review={one} />
          ))}
        </Stack>
      )}
      {view.returned !== null && view.state === "draft" && (
        <Text fw={600} mb="sm" className="s-noprint">
          {say("assistance.returned", { name: view.names[view.returned.by] ?? "–" })} {view.returned.reason}
        </Text>
      )}
      {edits ? (
        <Draft key={view.id} view={view} codes={codes} />
      ) : (
        <div className="a-sides">
          <Paper view={view} codes={codes} />
          <Stack gap="lg" component="aside" aria-label={say("assistance.standing")} className="s-noprint">
            <Facts view={view} codes={codes} />
            <Acts view={view} codes={codes} />
            {view.findings.length > 0 && <Findings of={view.findings} />}
            {view.direction === "outgoing" && view.sent === null && <Rests codes={codes} form={view.form} />}
            <Back view={view} />
            <Certificate view={view} codes={codes} />
            <Story view={view} />
            <WhyThis of={view.id} />
          </Stack>
        </div>
      )}
    </>
  );
}

/** Where it belongs: its case, the request that carries it, the enquiry from which it was begun. */
function Facts({ view, codes }: { view: View; codes: Codes }): ReactNode {
  const words = useWords();
  const { say, sayOne } = words;
  const { letter } = view;
  return (
    <dl className="s-answers">
      {view.case !== null && (
        <div>
          <dt>{say("assistance.case")}</dt>
          <dd>
            <Link to={`/cases/${view.case.number}`}>{view.case.number}</Link>
          </dd>
        </div>
      )}
      {view.reference !== null && (
        <div>
          <dt>{say("assistance.reference")}</dt>
          <dd>
            <Link to={`/requests/${view.id}`}>{view.reference}</Link>
          </dd>
        </div>
      )}
      {typeof view.sent?.channel === "string" && (
        <div>
          <dt>{say("assistance.rule.channel")}</dt>
          <dd>{say(`assistance.code.${view.sent.channel}`)}</dd>
        </div>
      )}
      {letter !== null && (
        <div>
          <dt>{say("assistance.letter")}</dt>
          <dd>
            {authorityOf(words, codes, letter.to)}
            <br />
            {letter.id === null ? (
              say("assistance.letter.later")
            ) : (
              <Link to={`/letters/${letter.id}`}>{say("assistance.letter.open")}</Link>
            )}
          </dd>
        </div>
      )}
      {view.fromRequest !== null && (
        <div>
          <dt>{say("assistance.enquiry")}</dt>
          <dd>
            <Link to={`/requests/${view.fromRequest}`}>{say("assistance.fromRequest")}</Link>
          </dd>
        </div>
      )}
      {view.fromHit !== null && (
        <div>
          <dt>{say("assistance.origin")}</dt>
          <dd>
            <Link to={`/check/${view.fromHit}`}>{say("assistance.fromHit")}</Link>
          </dd>
        </div>
      )}
      {view.direction === "incoming" && view.desk !== null && (
        <div>
          <dt>{say("assistance.desk")}</dt>
          <dd>{view.names[view.desk] ?? "–"}</dd>
        </div>
      )}
      {view.code !== null && (
        <div>
          <dt>{say("assistance.ground")}</dt>
          <dd>{sayOne([`assistance.code.${view.code}`]) ?? view.code}</dd>
        </div>
      )}
    </dl>
  );
}
