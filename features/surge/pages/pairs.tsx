// Two who may be one, side by side, with what speaks for it and against; the officer decides, with her reason.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Guided,
  Link,
  LongTextField,
  Problem,
  StateTag,
  api,
  useWords,
} from "@simpul/doors/web";
import type { PairSide, PairView } from "../contract.ts";

export function Pairs(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-pairs"],
    queryFn: ({ signal }) => api.get<{ pairs: PairView[]; total: number }>("/api/surge/pairs", { signal }),
  });
  return (
    <Awaited query={query}>
      {({ pairs, total }) =>
        pairs.length === 0 ? (
          <Empty title={say("surge.pairs.none")}>{say("surge.pairs.none.text")}</Empty>
        ) : (
          <Guided by="surge.guide.pairs">
            <Stack gap="xs">
              <Text role="status">{say("surge.pairs.total", { total })}</Text>
              <Stack gap="xs" component="ul" p={0} m={0} className="su-plain">
                {pairs.map((pair) => (
                  <li key={pair.sides.map((side) => side.id).join()}>
                    <One of={pair} />
                  </li>
                ))}
              </Stack>
            </Stack>
          </Guided>
        )
      }
    </Awaited>
  );
}

function One({ of }: { of: PairView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [one, setOne] = useState<boolean | null>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [a, b] = of.sides;
  // The record that says more goes on.
  const [keep, other] = a.entries >= b.entries ? [a, b] : [b, a];
  async function decide(): Promise<void> {
    try {
      await api.post("/api/surge/pairs", { keep: keep.id, other: other.id, one, reason: reason.trim() });
      await queries.invalidateQueries({ queryKey: ["victims"] });
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Card withBorder padding="sm">
      <Group gap={6} mb="xs">
        {of.reasons.map((code) => (
          <StateTag key={code} tone={code.startsWith("other-") ? "waiting" : "plain"}>
            {say(`surge.reason.${code}`)}
          </StateTag>
        ))}
      </Group>
      <div className="su-two">
        <Side of={a} />
        <Side of={b} />
      </div>
      <Group gap="xs" mt="xs">
        {([true, false] as const).map((which) => (
          <Button
            key={String(which)}
            size="compact-md"
            variant={one === which ? "filled" : "default"}
            aria-expanded={one === which}
            onClick={() => setOne(one === which ? null : which)}
          >
            {say(which ? "surge.pairs.one" : "surge.pairs.two")}
          </Button>
        ))}
      </Group>
      {one !== null && (
        <Stack gap="xs" mt="xs" maw="40rem" align="flex-start">
          <div className="su-wide">
            <LongTextField
              label={say("surge.pairs.reason")}
              required
              rows={2}
              maxLength={1000}
              value={reason}
              onChange={setReason}
            />
          </div>
          <Button disabled={reason.trim().length < 3} onClick={() => void decide()}>
            {say(one ? "surge.pairs.one" : "surge.pairs.two")}
          </Button>
        </Stack>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Card>
  );
}

function Side({ of }: { of: PairSide }): ReactNode {
  const words = useWords();
  const { say } = words;
  const state =
    of.nationality === null
      ? say("surge.total.unknown")
      : of.nationality === "stateless"
        ? say("surge.total.stateless")
        : words.state(of.nationality);
  return (
    <div>
      {of.names.map((name) => (
        <Text key={name} fw={600} component="div">
          <bdi>{name}</bdi>
        </Text>
      ))}
      <Text size="sm" component="div">
        {of.born ?? "–"}
        {of.bornWritten !== null && of.bornWritten !== of.born && (
          <span className="su-quiet"> ({say("surge.pairs.written", { written: of.bornWritten })})</span>
        )}
        {" · "}
        {say(`surge.sex.${of.sex}`)} · {state}
      </Text>
      {of.documents.length > 0 && (
        <Text size="sm" component="div">
          {of.documents.join(", ")}
        </Text>
      )}
      <Text size="sm" c="dimmed" component="div">
        <Link to={`/victims/${of.id}`}>{of.pseudonym}</Link> · {say("surge.pairs.lists", { count: of.lists })}
      </Text>
    </div>
  );
}
