// Proposing whom to exclude: where, whom, why, until somebody looks again; another person agrees before it counts.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  TextField,
  useDraft,
  useGo,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { recipientKinds } from "../contract.ts";
import type { ExclusionsView, RecipientKind, Recipients } from "../contract.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["exclusions"],
    queryFn: ({ signal }) => api.get<ExclusionsView>("/api/exclusions", { signal }),
  });
  return (
    <>
      <PageHead title={say("exclusions.new")} back={{ to: "/exclusions", label: say("exclusions.room") }} />
      <Awaited query={query} back="/exclusions">
        {(view) => <Form view={view} />}
      </Awaited>
    </>
  );
}

const empty = { side: "there", peer: "", kind: "desk", who: "", reason: "", review: "" };

function Form({ view }: { view: ExclusionsView }): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft("exclusions.new", empty);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { side, peer, kind, who, reason, review } = draft.value;
  const set = (to: Partial<typeof empty>): void => draft.set((before) => ({ ...before, ...to }));
  const where = side === "here" ? view.own : peer;
  const choices = useRecipients(where, kind as RecipientKind);
  const states = view.states.map((code) => ({ value: code, label: state(code) }));
  const whole =
    who.trim() !== "" && reason.trim().length >= 3 && review !== "" && (side === "here" || peer !== "");
  async function order(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const label = choices.list.find((one) => one.value === who)?.label ?? "";
      const ask = { side, peer: peer === "" ? null : peer, kind, who: who.trim(), label, reason, review };
      await api.post("/api/exclusions", ask);
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["exclusions"] });
      go("/exclusions");
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
        void order();
      }}
    >
      <Stack gap="md" maw="36rem">
        <RadioField
          label={say("exclusions.where")}
          value={side}
          choices={(["there", "here"] as const).map((value) => ({
            value,
            label: say(`exclusions.where.${value}`),
          }))}
          onChange={(value) => set({ side: value, who: "" })}
        />
        <ChoiceField
          label={say(side === "there" ? "exclusions.state" : "exclusions.lettersOf")}
          required={side === "there"}
          value={peer === "" ? null : peer}
          placeholder={side === "here" ? say("exclusions.everyState") : ""}
          choices={states}
          onChange={(value) => set({ peer: value ?? "", ...(side === "there" ? { who: "" } : {}) })}
        />
        <RadioField
          label={say("exclusions.whom")}
          value={kind}
          choices={recipientKinds.map((value) => ({ value, label: say(`exclusions.kind.${value}`) }))}
          onChange={(value) => set({ kind: value, who: "" })}
        />
        {kind === "officer" ? (
          <TextField
            label={say("exclusions.number")}
            hint={say("exclusions.number.hint")}
            required
            maxLength={40}
            value={who}
            onChange={(value) => set({ who: value })}
          />
        ) : (
          <ChoiceField
            label={say(`exclusions.which.${kind}`)}
            required
            disabled={where === ""}
            value={who === "" ? null : who}
            choices={choices.list}
            onChange={(value) => set({ who: value ?? "" })}
          />
        )}
        {choices.fault !== null && <Problem fault={choices.fault} />}
        <LongTextField
          label={say("exclusions.why")}
          hint={say("exclusions.why.hint")}
          required
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={(value) => set({ reason: value })}
        />
        <TextField
          label={say("exclusions.review")}
          hint={say("exclusions.review.hint")}
          kind="date"
          required
          value={review}
          onChange={(value) => set({ review: value })}
        />
        {fault !== null && <Problem fault={fault} kept={say("exclusions.kept")} />}
        {draft.says !== "" && (
          <Text size="sm" c="dimmed">
            {draft.says}
          </Text>
        )}
        <div className="s-acts">
          <Button type="submit" loading={busy} disabled={!whole}>
            {say("exclusions.propose")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

/** Authorities or desks of a node, by its own names. */
function useRecipients(
  where: string,
  kind: RecipientKind,
): { list: { value: string; label: string }[]; fault: unknown } {
  const query = useQuery({
    queryKey: ["exclusions", "recipients", where],
    queryFn: ({ signal }) => api.get<Recipients>(`/api/exclusions/recipients/${where}`, { signal }),
    enabled: where !== "" && kind !== "officer",
    retry: false,
  });
  const agencies = query.data?.agencies ?? [];
  const list =
    kind === "agency"
      ? agencies.map((one) => ({ value: one.agency, label: one.name }))
      : agencies.flatMap((one) =>
          one.desks.map((each) => ({ value: each.desk, label: `${each.name}, ${one.name}` })),
        );
  return { list, fault: kind === "officer" ? null : (query.error ?? null) };
}
