// One asking: who agreed, what was found, what is told and what is held back on which ground, and the letter.
import { Anchor, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  StateTag,
  api,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { grounds, hitDecisions } from "../contract.ts";
import type { AccessView, Hit } from "../contract.ts";

export function Page(): ReactNode {
  const id = useParam("id");
  const query = useQuery({
    queryKey: ["subject-access", id],
    queryFn: ({ signal }) => api.get<AccessView>(`/api/subject-access/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/subject-access">
      {(view) => <One view={view} />}
    </Awaited>
  );
}

function One({ view }: { view: AccessView }): ReactNode {
  const { say, date, time } = useWords();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const act = (what: "agree" | "answer"): void =>
    void api
      .post(`/api/subject-access/${view.id}/${what}`)
      .then(() => queries.invalidateQueries({ queryKey: ["subject-access"] }))
      .catch(setFault);
  const open = view.hits.filter((one) => one.decision === null).length;
  return (
    <>
      <PageHead
        title={view.reference}
        back={{ to: "/subject-access", label: say("subject-access.room") }}
        marks={
          <StateTag tone={view.state === "answered" ? "good" : "waiting"}>
            {say(`subject-access.state.${view.state}`)}
          </StateTag>
        }
        {...(view.may.includes("agree")
          ? { act: <Button onClick={() => act("agree")}>{say("subject-access.agree")}</Button> }
          : view.may.includes("answer")
            ? {
                act: (
                  <Button disabled={open > 0} onClick={() => act("answer")}>
                    {say("subject-access.answer")}
                  </Button>
                ),
              }
            : {})}
      />
      <Stack gap="md" maw="44rem">
        {fault !== null && <Problem fault={fault} />}
        <Text component="div">
          {view.names.join(" · ")}
          {view.birth !== null && ` · ${view.birth}`}
          {view.identifiers.map((one) => (
            <div key={`${one.type} ${one.written}`}>
              {say(`selector.${one.type}`)}: {one.written}
            </div>
          ))}
        </Text>
        <Text size="sm">
          {say("subject-access.checked", { how: view.checkedHow, by: view.checkedBy })}{" "}
          {say("subject-access.entered", { name: view.enteredBy, day: date(view.askedOn) })}{" "}
          {view.agreedBy !== null && say("subject-access.agreed", { name: view.agreedBy })}
        </Text>
        {view.state === "entered" && <Text>{say("subject-access.waits")}</Text>}
        {view.state === "searched" && view.hits.length === 0 && <Text>{say("subject-access.nothing")}</Text>}
        {view.hits.map((hit) => (
          <Found key={hit.nth} hit={hit} view={view} />
        ))}
        {view.answeredAt !== null && (
          <Text>
            <Anchor href={`/api/subject-access/${view.id}/letter`} target="_blank">
              {say("subject-access.letter", { language: localeFacts[view.language].name })}
            </Anchor>
            , {time(view.answeredAt)}
          </Text>
        )}
      </Stack>
    </>
  );
}

function Found({ hit, view }: { hit: Hit; view: AccessView }): ReactNode {
  const { say, date, state } = useWords();
  const queries = useQueryClient();
  const [decision, setDecision] = useState<string | null>(null);
  const [ground, setGround] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const title = say(`subject-access.hit.${hit.kind}`);
  const decide = (): void =>
    void api
      .post(`/api/subject-access/${view.id}/hits/${hit.nth}`, {
        decision,
        ground: decision === "hold-back" ? ground : null,
        note,
      })
      .then(() => queries.invalidateQueries({ queryKey: ["subject-access"] }))
      .catch(setFault);
  return (
    <Card withBorder component="section" aria-label={`${title} ${hit.case ?? ""}`}>
      <Text fw={600}>
        {title}
        {hit.case !== null && ` · ${hit.case}`}
      </Text>
      <Text size="sm" component="div">
        {hit.foundBy === "name" ? say("subject-access.by.name") : say(`selector.${hit.foundBy}`)}
        {hit.birthFits !== null &&
          ` · ${say(hit.birthFits ? "subject-access.birth.fits" : "subject-access.birth.differs")}`}
        {hit.role !== null && ` · ${say(`holder.${hit.role}`)}`} · {date(hit.since)}
      </Text>
      <Text size="sm">
        {hit.originator !== null && `${say("subject-access.from", { state: state(hit.originator) })} `}
        {hit.recipients.length > 0 &&
          say("subject-access.given", { states: hit.recipients.map((one) => state(one)).join(", ") })}
      </Text>
      {hit.decision !== null && (
        <Text size="sm" component="div" mt="xs">
          <StateTag>{say(`subject-access.decision.${hit.decision.decision}`)}</StateTag>{" "}
          {hit.decision.ground !== null && `${say(`subject-access.ground.${hit.decision.ground}`)} · `}
          {hit.decision.by}
          {hit.decision.note !== "" && `: ${hit.decision.note}`}
        </Text>
      )}
      {view.may.includes("decide") && (
        <Stack gap="xs" mt="xs">
          <RadioField
            label={say("subject-access.decide")}
            value={decision}
            choices={hitDecisions.map((value) => ({
              value,
              label: say(`subject-access.decision.${value}`),
            }))}
            onChange={setDecision}
          />
          {decision === "hold-back" && (
            <ChoiceField
              label={say("subject-access.ground")}
              required
              value={ground}
              choices={grounds.map((value) => ({ value, label: say(`subject-access.ground.${value}`) }))}
              onChange={setGround}
            />
          )}
          <LongTextField
            label={say("subject-access.note")}
            rows={1}
            maxLength={2000}
            value={note}
            onChange={setNote}
          />
          {fault !== null && <Problem fault={fault} />}
          <Group>
            <Button
              variant="default"
              disabled={decision === null || (decision === "hold-back" && ground === null)}
              onClick={decide}
            >
              {say("subject-access.keep")}
            </Button>
          </Group>
        </Stack>
      )}
    </Card>
  );
}
