// What was passed on because a life was at risk, here and by others with what is ours, and the review by somebody else.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { OverrideFinding, OverrideView } from "../contract.ts";
import { OverrideFacts, type Overrides } from "./override.tsx";
import "./requests.css";
import { Who } from "./texts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["request", "officer"]);
  const query = useQuery({
    queryKey: ["request", "overrides"],
    queryFn: ({ signal }) => api.get<Overrides>("/api/requests/overrides", { signal }),
  });
  return (
    <>
      <PageHead title={say("requests.override.title")} />
      <Awaited query={query}>
        {(view) => (
          <Stack gap="lg">
            {view.overrides.length === 0 && <Text>{say("requests.override.none")}</Text>}
            {view.overrides.map((one) => (
              <One key={one.id} of={one} names={view.names} />
            ))}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function One({ of, names }: { of: OverrideView; names: Overrides["names"] }): ReactNode {
  const { say } = useWords();
  const titles = of.records.map((one) => one.title || say(`requests.kind.${one.kind}`)).join(", ");
  const standing = of.review?.finding ?? (of.state === "done" ? "open" : "waiting");
  return (
    <Stack gap="xs" className="r-sheet" component="article" aria-label={titles}>
      <Group gap="sm">
        {of.request === null ? (
          <Text fw={600}>{titles}</Text>
        ) : (
          <Link to={`/requests/${of.request}`}>{titles}</Link>
        )}
        <StateTag>{say(`requests.override.${standing}`)}</StateTag>
      </Group>
      <Text size="sm">
        <TimeText at={of.at ?? of.askedAt} />
      </Text>
      <OverrideFacts of={of} names={names} />
      {of.review !== null && (
        <Text size="sm">
          <Who id={of.review.by} names={names} />, <TimeText at={of.review.at} />
          {of.review.text !== "" && `: ${of.review.text}`}
        </Text>
      )}
      {of.may.includes("review") && <Review of={of} />}
    </Stack>
  );
}

function Review({ of }: { of: OverrideView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const tell = (finding: OverrideFinding): void => {
    setBusy(true);
    void api
      .post(`/api/requests/overrides/${of.id}/review`, { finding, text })
      .then(() => queries.invalidateQueries({ queryKey: ["request"] }))
      .catch(setFault)
      .finally(() => setBusy(false));
  };
  return (
    <Stack gap="sm">
      <LongTextField
        label={say("requests.override.review")}
        value={text}
        rows={2}
        maxLength={2000}
        onChange={setText}
      />
      {fault !== null && <Problem fault={fault} />}
      <Group>
        {(["justified", "not-justified"] as const).map((one) => (
          <Button key={one} variant="default" disabled={busy} onClick={() => tell(one)}>
            {say(`requests.override.${one}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
