// Proposing another grade for what another state gave, with the reason; it leaves at once, in the officer's name (EV-4).
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  PageHead,
  api,
  tell,
  useAddressValues,
  useGo,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { Evaluation, informationGrades, sourceGrades } from "@simpul/model";
import type { InformationGrade, SourceGrade } from "@simpul/model";
import type { ReceivedItem, ReceivedRecord } from "../../requests/contract.ts";
import { useFresh } from "./data.ts";

type Held = ReceivedRecord | ReceivedItem;

export function Page(): ReactNode {
  const { say } = useWords();
  const [values] = useAddressValues();
  const request = values["request"] ?? "";
  const query = useQuery({
    queryKey: ["request", "received", "of", request],
    queryFn: ({ signal }) =>
      api.get<{ records: ReceivedRecord[]; items: ReceivedItem[] }>("/api/requests/received", {
        query: { request },
        signal,
      }),
    enabled: request !== "",
  });
  return (
    <>
      <PageHead
        title={say("recalls.grade.new")}
        back={{ to: `/requests/${request}?tab=answers`, label: say("recalls.request") }}
      />
      <Awaited query={query} back={`/requests/${request}`}>
        {({ records, items }) => {
          const held = [...records, ...items].find((one) => one.id === values["record"]);
          return held === undefined ? (
            <Empty title={say("recalls.nothing")} />
          ) : (
            <Form request={request} held={held} />
          );
        }}
      </Awaited>
    </>
  );
}

function Form({ request, held }: { request: string; held: Held }): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const go = useGo();
  const fresh = useFresh();
  const [source, setSource] = useState<SourceGrade | null>(null);
  const [information, setInformation] = useState<InformationGrade | null>(null);
  const [reason, setReason] = useState("");
  const title = "title" in held ? held.title : held.fileName;
  const evaluation = source === null || information === null ? null : { source, information };
  const same = evaluation !== null && Evaluation.print(evaluation) === Evaluation.print(held.evaluation);
  return (
    <Stack maw="40rem" gap="md">
      <Text component="div">
        <bdi>{title}</bdi> · {state(held.originator)}{" "}
        <HandlingBadge handling={held.handling} evaluation={held.evaluation} from={held.originator} />
      </Text>
      <ChoiceField
        label={say("recalls.grade.source")}
        required
        value={source}
        choices={sourceGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.source.${one}`)}`,
        }))}
        onChange={(one) => setSource(one as SourceGrade | null)}
      />
      <ChoiceField
        label={say("recalls.grade.information")}
        required
        value={information}
        error={same ? say("problem.SAME_GRADE") : null}
        choices={informationGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.information.${one}`)}`,
        }))}
        onChange={(one) => setInformation(one as InformationGrade | null)}
      />
      <LongTextField
        label={say("recalls.grade.why")}
        hint={say("recalls.grade.reads", { state: state(held.originator) })}
        required
        rows={3}
        maxLength={4000}
        value={reason}
        onChange={setReason}
      />
      <div className="s-acts">
        <LeaveStateButton
          label={say("recalls.grade.send", { state: state(held.originator) })}
          disabled={evaluation === null || same || reason.trim() === ""}
          reasonNeeded={false}
          recipients={[state(held.originator)]}
          codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
          approves={say("recalls.signs", { name: officer.name })}
          preview={
            <>
              <Text>
                <bdi>{title}</bdi> · {evaluation === null ? "–" : Evaluation.print(evaluation)}
              </Text>
              <Text size="sm">{reason.trim()}</Text>
            </>
          }
          onLeave={async () => {
            await api.post("/api/recalls/grades", {
              request,
              record: held.id,
              evaluation,
              reason: reason.trim(),
            });
            await fresh();
            tell(say("recalls.grade.sent"));
            go(`/requests/${request}?tab=answers`);
          }}
        />
      </div>
    </Stack>
  );
}
