// A decision of this state's authority, with its basis; a refusal needs its reason and the way to appeal (VIC-2).
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Guided,
  LongTextField,
  Problem,
  RadioField,
  TextField,
  api,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { statuses } from "../contract.ts";

export function StatusForm({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const queries = useQueryClient();
  const empty = { authority: officer.agency.name, basis: "", reason: "", appeal: "" };
  const [value, setValue] = useState(empty);
  const [status, setStatus] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const set = (to: Partial<typeof empty>): void => setValue((before) => ({ ...before, ...to }));
  async function decide(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/victims/people/${id}/status`, { ...value, status });
      await queries.invalidateQueries({ queryKey: ["victims"] });
      setStatus(null);
      setValue(empty);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const refuses = status === "not-identified";
  const whole =
    status !== null &&
    value.authority.trim() !== "" &&
    value.basis.trim() !== "" &&
    (!refuses || (value.reason.trim() !== "" && value.appeal.trim() !== ""));
  return (
    <Guided by="victims.guide.status">
      <Card withBorder maw="40rem">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void decide();
          }}
        >
          <Stack gap="md">
            <Title order={2} size="h4">
              {say("victims.status.decide")}
            </Title>
            <RadioField
              label={say("victims.status")}
              value={status}
              choices={statuses.slice(1).map((one) => ({
                value: one,
                label: say(`victims.status.${one}`),
                hint: say(`victims.status.${one}.means`),
              }))}
              onChange={setStatus}
            />
            {status !== null && (
              <>
                <TextField
                  label={say("victims.status.authority")}
                  required
                  maxLength={200}
                  value={value.authority}
                  onChange={(authority) => set({ authority })}
                />
                <TextField
                  label={say("victims.status.basis")}
                  required
                  maxLength={500}
                  value={value.basis}
                  onChange={(basis) => set({ basis })}
                />
                <LongTextField
                  label={say("victims.status.reason")}
                  required={refuses}
                  rows={2}
                  maxLength={4000}
                  value={value.reason}
                  onChange={(reason) => set({ reason })}
                />
                {refuses && (
                  <>
                    <TextField
                      label={say("victims.status.appeal")}
                      required
                      maxLength={1000}
                      value={value.appeal}
                      onChange={(appeal) => set({ appeal })}
                    />
                    <Text>{say("victims.status.consular")}</Text>
                  </>
                )}
              </>
            )}
            {fault !== null && <Problem fault={fault} />}
            <Group>
              <Button type="submit" loading={busy} disabled={!whole}>
                {say("victims.status.keep")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Guided>
  );
}
