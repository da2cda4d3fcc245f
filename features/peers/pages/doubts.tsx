// What passed while a key was stolen, request by request, with the word of the officer who looked at it.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Link,
  LongTextField,
  Problem,
  RadioField,
  StateTag,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { doubtFindings } from "../contract.ts";
import type { DoubtFinding, DoubtListed } from "../contract.ts";
import { topic } from "./parts.tsx";

export function DoubtList({ code }: { code: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: [topic, code, "doubts"],
    queryFn: ({ signal }) => api.get<DoubtListed[]>(`/api/peers/${code}/doubts`, { signal }),
  });
  return (
    <Awaited query={query}>
      {(doubts) => (
        <Stack gap="sm" maw="44rem">
          {doubts.length === 0 && <Text size="sm">{say("peers.doubts.none")}</Text>}
          {doubts.map((one) => (
            <One key={`${one.request} ${one.until}`} of={one} />
          ))}
        </Stack>
      )}
    </Awaited>
  );
}

function One({ of }: { of: DoubtListed }): ReactNode {
  const { say, time } = useWords();
  const { review } = of;
  const tone = review?.finding === "genuine" ? "good" : review?.finding === "forged" ? "bad" : "waiting";
  const passed = { received: of.received, sent: of.sent, since: time(of.since), until: time(of.until) };
  return (
    <Card withBorder component="article" aria-label={of.reference}>
      <Stack gap={6}>
        <Group gap="xs">
          <Link to={`/requests/${of.request}`}>{of.subject === "" ? of.reference : of.subject}</Link>
          <StateTag tone={tone}>{say(`peers.doubts.${review?.finding ?? "open"}`)}</StateTag>
        </Group>
        <Text size="sm" c="dimmed">
          {of.reference} · {say("peers.doubts.passed", passed)}
        </Text>
        {review !== null && (
          <Text size="sm">
            {say("peers.doubts.by", { finding: say(`peers.doubts.${review.finding}`), name: review.by })},{" "}
            {time(review.at)}: {review.text}
          </Text>
        )}
        {of.reviews && <Review of={of} />}
      </Stack>
    </Card>
  );
}

/** Open at once where nobody has looked yet. */
function Review({ of }: { of: DoubtListed }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [finding, setFinding] = useState<DoubtFinding | null>(null);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function write(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/peers/${of.whose}/doubts/${of.request}`, { until: of.until, finding, text });
      setText("");
      setFinding(null);
      await queries.invalidateQueries({ queryKey: [topic] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <Stack gap="sm" maw="36rem">
        <RadioField
          label={say("peers.doubts.finding")}
          value={finding}
          choices={doubtFindings.map((value) => ({ value, label: say(`peers.doubts.${value}`) }))}
          onChange={(value) => setFinding(value as DoubtFinding)}
        />
        {finding !== null && (
          <>
            <LongTextField
              label={say("peers.doubts.text")}
              rows={2}
              required
              maxLength={2000}
              value={text}
              onChange={setText}
            />
            {fault !== null && <Problem fault={fault} />}
            <Group>
              <Button type="submit" variant="default" loading={busy} disabled={text.trim().length < 3}>
                {say("peers.doubts.say")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </form>
  );
}
