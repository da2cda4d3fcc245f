// What a prosecutor reads of one review with her key open, and what she says follows from it.
import { Alert, Button, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Guided,
  LinkButton,
  LongTextField,
  Problem,
  RadioField,
  Refused,
  api,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { rulings } from "../contract.ts";
import type { Result, ReviewView, RuledReview, RulingKind } from "../contract.ts";
import { Said } from "./parts.tsx";
import { Statement } from "./statement.tsx";

export function Ruled({ view }: { view: ReviewView }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["review-result", view.id],
    queryFn: ({ signal }) => api.get<RuledReview>(`/api/reviews/results/${view.id}`, { signal }),
    retry: false,
  });
  if (query.error instanceof Refused && query.error.code === "KEY_CLOSED")
    return (
      <div>
        <LinkButton to="/reviews/results">{say("reviews.key.open")}</LinkButton>
      </div>
    );
  if (query.error) return <Problem fault={query.error} />;
  if (query.data === undefined) return null;
  return <Opened of={query.data} view={view} />;
}

function Opened({ of, view }: { of: RuledReview; view: ReviewView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const last = of.rulings.at(-1);
  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        {say("reviews.result")}
      </Title>
      <Finding of={of.result} />
      {of.reopen && <Alert title={say("reviews.reopen")}>{say("reviews.reopen.text")}</Alert>}
      {of.rulings.map((one) => (
        <Text size="sm" key={one.id}>
          <strong>{say(`reviews.ruling.${one.ruling}`)}</strong> · {words.time(one.at)}
          {one.reason !== "" && ` · ${one.reason}`}
        </Text>
      ))}
      {of.state === "with-prosecutor" && (
        <Guided by="reviews.guide.rule">
          <Rule of={of} />
        </Guided>
      )}
      {last?.ruling === "pass" && !of.reopen && <Statement view={view} />}
    </Stack>
  );
}

export function Finding({ of }: { of: Result }): ReactNode {
  const { say, state, time } = useWords();
  if (of.kind !== "same") return <Said>{say(`reviews.result.${of.kind}`)}</Said>;
  return (
    <Said>
      {say("reviews.result.same", {
        pseudonym: of.pseudonym ?? "",
        status: say(`reviews.status.${of.status ?? "presumed"}`),
        state: of.state === null ? "" : state(of.state),
        time: of.since === null ? "" : time(of.since),
      })}{" "}
      <strong>{say(`reviews.effect.${of.effect ?? "notify"}`)}</strong>{" "}
      {say(`reviews.effect.${of.effect ?? "notify"}.text`)}
    </Said>
  );
}

function Rule({ of }: { of: RuledReview }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [ruling, setRuling] = useState<RulingKind | null>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const locked = of.result.kind === "open" || of.result.effect === "lock";
  async function send(): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/reviews/results/${of.id}`, { ruling, reason });
      setRuling(null);
      setReason("");
      await queries.invalidateQueries({ queryKey: ["review-result"] });
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <RadioField
          label={say("reviews.rule")}
          value={ruling}
          choices={rulings
            .filter((one) => one !== "pass" || !locked)
            .map((one) => ({
              value: one,
              label: say(`reviews.rule.${one}`),
              hint: say(`reviews.rule.${one}.text`),
            }))}
          onChange={(to) => setRuling(to as RulingKind)}
        />
        <LongTextField
          label={say("reviews.rule.reason")}
          hint={of.result.effect === "warn" ? say("reviews.rule.reason.warn") : undefined}
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={setReason}
        />
        {fault !== null && <Problem fault={fault} kept={say("reviews.kept")} />}
        <div className="s-acts">
          <Button type="submit" disabled={ruling === null}>
            {say("reviews.rule.act")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
