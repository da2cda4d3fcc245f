// What was called back of this request, by whom and how it stands; and the way to call back what we gave (COR-2).
import { Alert, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, LinkButton, TimeText, api, useLive, useQuery, useSession, useWords } from "@simpul/doors/web";
import { Evaluation } from "@simpul/model";
import type { GradeProposal, RecallList } from "../../recalls/contract.ts";
import type { RequestView } from "../contract.ts";

export function CalledBack({ view }: { view: RequestView }): ReactNode {
  const { say, state } = useWords();
  useLive(["recall"]);
  const { data } = useQuery({
    queryKey: ["recall", "list", { request: view.id }],
    queryFn: ({ signal }) => api.get<RecallList>("/api/recalls", { query: { request: view.id }, signal }),
  });
  const recalls = data?.recalls ?? [];
  const grades = useGrades(view.id).filter(
    (one) => !one.ours && (one.state === "open" || one.state === "accepting"),
  );
  return (
    <>
      {grades.map((one) => (
        <Alert
          key={one.id}
          variant="default"
          className="s-problem"
          title={say("requests.grade.proposed", {
            state: state(one.peer),
            title: one.title,
            given: Evaluation.print(one.given),
            proposed: Evaluation.print(one.evaluation),
          })}
        >
          <Link to="/recalls/grades">{say("requests.grade.answer")}</Link>
        </Alert>
      ))}
      {recalls.map((one) => (
        <Alert
          key={one.id}
          variant="default"
          className="s-problem"
          title={
            one.state === "submitted" || one.state === "returned"
              ? say("requests.back.waits")
              : say(`requests.back.${one.kind}`, {
                  state: one.ours ? say("requests.back.we") : state(one.originator),
                  count: one.things,
                })
          }
        >
          <Stack gap={2}>
            <Text size="sm" component="div">
              <TimeText at={one.at ?? one.createdAt} />
              {data?.flags.some((flag) => flag.recall === one.id && flag.about === view.id) === true &&
                ` · ${say("requests.back.madeOfIt")}`}
            </Text>
            <Text size="sm">
              <Link to={`/recalls/${one.id}`}>{say("requests.back.look")}</Link>
            </Text>
          </Stack>
        </Alert>
      ))}
    </>
  );
}

/** The way to call back what we gave with it. */
export function CallBack({ view }: { view: RequestView }): ReactNode {
  const { say } = useWords();
  const { node } = useSession();
  if (!view.releases.some((one) => one.to !== node.code)) return null;
  return (
    <div className="s-noprint">
      <LinkButton variant="default" to={`/recalls/new?request=${view.id}`}>
        {say("requests.back.begin")}
      </LinkButton>
    </div>
  );
}

/** EV-4: both grades are shown until the originator answers. */
const useGrades = (request: string): GradeProposal[] => {
  useLive(["recall"]);
  const { data } = useQuery({
    queryKey: ["recall", "grades", { request }],
    queryFn: ({ signal }) =>
      api.get<{ proposals: GradeProposal[] }>("/api/recalls/grades", { query: { request }, signal }),
  });
  return data?.proposals ?? [];
};

/** Beside what is held: the grade that was proposed here, as long as it is not answered, and what was answered. */
export function GradeNote({ of }: { of: { id: string; request: string } }): ReactNode {
  const { say, state } = useWords();
  const found = useGrades(of.request).find((one) => one.ours && one.record === of.id);
  if (found === undefined) return null;
  const open = found.state === "open" || found.state === "accepting";
  return (
    <Text size="sm" role="note">
      {say(open ? "requests.grade.both" : `requests.grade.${found.state}`, {
        state: state(found.peer),
        given: Evaluation.print(found.given),
        proposed: Evaluation.print(found.evaluation),
      })}
      {found.answer !== null && found.answer !== "" && ` · ${found.answer}`}
    </Text>
  );
}
