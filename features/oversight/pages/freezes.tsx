// What rests: ordered by oversight, ended by two persons; and the form that orders it.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TimeText,
  api,
  useAddressValue,
  useDraft,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { freezeKinds } from "../contract.ts";
import type { Freeze, FreezeKind } from "../contract.ts";
import { ActForm } from "./act.tsx";
import { OfficerField } from "./filters.tsx";
import { Sides } from "./sides.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const [at] = useAddressValue("at");
  const oversees = officer.roles.includes("oversight");
  const query = useQuery({
    queryKey: ["oversight", "freezes"],
    queryFn: ({ signal }) => api.get<Freeze[]>("/api/freezes", { signal }),
  });
  return (
    <>
      <PageHead title={say("oversight.freezes")} />
      {oversees && <Sides />}
      <Stack gap="lg" maw="44rem">
        <Text size="sm">{say("oversight.freezes.text")}</Text>
        <Awaited query={query}>
          {(freezes) => (
            <>
              {freezes.length === 0 && <Text>{say("oversight.freezes.none")}</Text>}
              {freezes
                .toSorted((a, b) => Number(b.id === at) - Number(a.id === at))
                .map((one) => (
                  <One key={one.id} of={one} />
                ))}
            </>
          )}
        </Awaited>
        {oversees && <Order />}
      </Stack>
    </>
  );
}

function One({ of }: { of: Freeze }): ReactNode {
  const { say } = useWords();
  const name = `${say(`oversight.freeze.${of.what}`)} ${of.name}`;
  return (
    <Card withBorder component="section" aria-label={name}>
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <StateTag tone={of.lifted === null ? "bad" : "plain"}>
          {say(of.lifted === null ? "oversight.freeze.rests" : "oversight.freeze.over")}
        </StateTag>
      </Group>
      <Text size="sm" component="div">
        {say("oversight.freeze.by", { name: of.orderedBy })}, <TimeText at={of.orderedAt} />: {of.reason}
      </Text>
      {of.lift !== null && (
        <Text size="sm" component="div">
          {say("oversight.freeze.asked", { name: of.lift.by })}, <TimeText at={of.lift.at} />:{" "}
          {of.lift.reason}
        </Text>
      )}
      {of.lifted !== null && (
        <Text size="sm" component="div">
          {say("oversight.freeze.lifted", { name: of.lifted.by })}, <TimeText at={of.lifted.at} />
        </Text>
      )}
      {of.may.includes("ask") && (
        <ActForm
          label=""
          choices={[{ value: "ask", label: "" }]}
          note={say("oversight.freeze.ask.reason")}
          needsNote={() => true}
          button={say("oversight.freeze.ask")}
          act={(_, reason) => api.post(`/api/freezes/${of.id}/ask`, { reason })}
        />
      )}
      {of.may.includes("agree") && <Agree of={of} />}
    </Card>
  );
}

function Agree({ of }: { of: Freeze }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const agree = (): void =>
    void api
      .post(`/api/freezes/${of.id}/lift`)
      .then(() => queries.invalidateQueries({ queryKey: ["oversight"] }))
      .catch(setFault);
  return (
    <Stack gap="xs" mt="xs">
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button onClick={agree}>{say("oversight.freeze.agree")}</Button>
      </Group>
    </Stack>
  );
}

function Order(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const draft = useDraft("oversight.freeze", { what: "case", ref: "", reason: "" });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { what, ref, reason } = draft.value;
  const set = (to: Partial<typeof draft.value>): void => draft.set((before) => ({ ...before, ...to }));
  async function order(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post("/api/freezes", { what: what as FreezeKind, ref: ref.trim(), reason });
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["oversight"] });
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
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say("oversight.freeze.order")}
        </Title>
        <ChoiceField
          label={say("oversight.freeze.what")}
          required
          value={what}
          choices={freezeKinds.map((value) => ({ value, label: say(`oversight.freeze.${value}`) }))}
          onChange={(value) => set({ what: value ?? "case", ref: "" })}
        />
        {what === "officer" ? (
          <OfficerField value={ref} onChange={(value) => set({ ref: value })} />
        ) : (
          <TextField
            label={say(what === "case" ? "oversight.filter.case" : "oversight.freeze.ref")}
            required
            maxLength={60}
            value={ref}
            onChange={(value) => set({ ref: value })}
          />
        )}
        <LongTextField
          label={say("oversight.freeze.reason")}
          hint={say("oversight.freeze.reason.hint")}
          required
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={(value) => set({ reason: value })}
        />
        {fault !== null && <Problem fault={fault} kept={say("oversight.kept")} />}
        <Group>
          <Button type="submit" loading={busy} disabled={ref.trim() === "" || reason.trim().length < 3}>
            {say("oversight.freeze.order")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
