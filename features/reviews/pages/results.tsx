// Prosecutors: a key of one's own, let in by the victim desk; with it open, what was found and what to decide.
import { Button, Card, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  PageHead,
  Problem,
  SecretField,
  StateTag,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { RuledReview } from "../contract.ts";
import { Said, nameOf } from "./parts.tsx";
import { Finding } from "./ruled.tsx";

interface KeyView {
  state: "none" | "waits" | "shut" | "open";
  letters: string | null;
  idleMinutes: number;
  exercise: string | null;
}

export function Page(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  useLive(["reviews"]);
  const query = useQuery({
    queryKey: ["review-key"],
    queryFn: ({ signal }) => api.get<KeyView>("/api/reviews/key", { signal }),
  });
  const close = (): void =>
    void api
      .post("/api/reviews/key/close")
      .then(() => queries.invalidateQueries({ queryKey: ["review-key"] }));
  return (
    <>
      <PageHead
        title={say("reviews.results")}
        back={{ to: "/reviews", label: say("reviews.room") }}
        {...(query.data?.state === "open" && {
          act: (
            <Button variant="default" onClick={close}>
              {say("reviews.key.close")}
            </Button>
          ),
        })}
      />
      <Awaited query={query}>{(key) => (key.state === "open" ? <Results /> : <Key of={key} />)}</Awaited>
    </>
  );
}

function Key({ of }: { of: KeyView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [passphrase, setPassphrase] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const makes = of.state === "none";
  async function send(path: string): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(path, { passphrase });
      setPassphrase("");
      await queries.invalidateQueries({ queryKey: ["review-key"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(makes ? "/api/reviews/key" : "/api/reviews/key/open");
      }}
    >
      <Stack gap="md" maw="36rem">
        <Said>{say(`reviews.key.${of.state}`)}</Said>
        {of.state === "waits" && of.letters !== null && (
          <Text>
            <Code fz="lg">{of.letters}</Code>
          </Text>
        )}
        {of.state !== "waits" && (
          <>
            <SecretField
              label={say("reviews.key.passphrase")}
              hint={say(makes ? "reviews.key.passphrase.new" : "reviews.key.passphrase.idle", {
                minutes: of.idleMinutes,
              })}
              required
              value={passphrase}
              onChange={setPassphrase}
            />
            {of.exercise !== null && of.state === "shut" && (
              <Said>
                {say("reviews.key.exercise")} <Code>{of.exercise}</Code>
              </Said>
            )}
            {fault !== null && <Problem fault={fault} />}
            <div className="s-acts">
              <Button type="submit" loading={busy} disabled={passphrase.trim() === ""}>
                {say(makes ? "reviews.key.make" : "reviews.key.open")}
              </Button>
            </div>
          </>
        )}
      </Stack>
    </form>
  );
}

function Results(): ReactNode {
  const { say, date } = useWords();
  const query = useQuery({
    queryKey: ["review-result", "all"],
    queryFn: ({ signal }) => api.get<{ reviews: RuledReview[] }>("/api/reviews/results", { signal }),
  });
  return (
    <Awaited query={query}>
      {({ reviews }) => {
        const mine = reviews.filter((one) => one.state === "with-prosecutor");
        const list = mine.toSorted((a, b) => weight(b) - weight(a));
        return list.length === 0 ? (
          <Empty title={say("reviews.results.none")}>{say("reviews.results.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} maw="48rem" style={{ listStyle: "none" }}>
            {list.map((one) => (
              <Card key={one.id} component="li" withBorder padding="sm">
                <Group justify="space-between" gap="xs">
                  <Link to={`/reviews/${one.id}`}>
                    <bdi>{nameOf(one.person)}</bdi>
                  </Link>
                  <Mark of={one} />
                </Group>
                <Text size="sm" c="dimmed">
                  {say(`reviews.kind.${one.kind}`)} · {date(one.openedAt)}
                </Text>
                <Finding of={one.result} />
              </Card>
            ))}
          </Stack>
        );
      }}
    </Awaited>
  );
}

/** First what was passed and must be looked at again, then what waits for her word. */
const weight = (one: RuledReview): number => (one.reopen ? 2 : one.rulings.length === 0 ? 1 : 0);

function Mark({ of }: { of: RuledReview }): ReactNode {
  const { say } = useWords();
  if (of.reopen) return <StateTag tone="bad">{say("reviews.reopen")}</StateTag>;
  const last = of.rulings.at(-1);
  return last === undefined ? (
    <StateTag tone="waiting">{say("reviews.toRule")}</StateTag>
  ) : (
    <StateTag>{say(`reviews.ruling.${last.ruling}`)}</StateTag>
  );
}
