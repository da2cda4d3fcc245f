// One record that another state gave us: what it says, whose it is, what may be done with it, who permitted what.
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  HandlingBadge,
  Link,
  PageHead,
  Shield,
  StateTag,
  api,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ReceivedRecord } from "../contract.ts";
import { Held } from "./answers.tsx";
import type { Named } from "./data.ts";
import { Records, titleOf } from "./shared.tsx";
import { TermsLine } from "./terms.tsx";
import "./requests.css";

export function Page(): ReactNode {
  const { say, state } = useWords();
  const id = useParam("id");
  useLive(["request", "permission"]);
  const query = useQuery({
    queryKey: ["request", "received", id],
    queryFn: ({ signal }) => api.get<Named<ReceivedRecord>>(`/api/requests/received/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/requests">
      {(record) => (
        <>
          <PageHead
            title={<bdi>{titleOf(record)}</bdi>}
            windowTitle={record.reference}
            back={{ to: `/requests/${record.request}?tab=answers`, label: record.reference }}
            marks={
              <>
                <HandlingBadge
                  handling={record.handling}
                  evaluation={record.evaluation}
                  from={record.originator}
                />
                <Shield state={{ kind: "sealed" }} />
                {record.doubtful && <StateTag tone="bad">{say("requests.doubt.tag")}</StateTag>}
              </>
            }
          />
          <Stack gap="md" maw="52rem">
            <TermsLine handling={record.handling} evaluation={record.evaluation} from={record.originator} />
            <Records of={[record]} />
            <Held of={record} id={record.copy} caseRef={record.case} />
            {record.case !== null && (
              <Text size="sm">
                {say("requests.lies")} <Link to={`/cases/${record.case}`}>{say("requests.case")}</Link>.
              </Text>
            )}
            {record.grants.length > 0 && (
              <section aria-label={say("requests.signed")}>
                <Title order={2} size="h5">
                  {say("requests.signed")}
                </Title>
                <Text size="sm">{say("requests.signed.text", { state: state(record.originator) })}</Text>
                {record.grants.map((grant) => (
                  <details key={grant.id}>
                    <summary>{say(`requests.action.${grant.action}`)}</summary>
                    <pre className="r-signed" tabIndex={0}>
                      {grant.signed}
                    </pre>
                  </details>
                ))}
              </section>
            )}
          </Stack>
        </>
      )}
    </Awaited>
  );
}
