// From an item to a case: a new one with what was confirmed, one that is open, or what was confirmed since.
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  LinkButton,
  Problem,
  api,
  tell,
  useGo,
  useQueryClient,
  useTellProblem,
  useWords,
} from "@simpul/doors/web";
import type { ItemView } from "../contract.ts";
import { useMyCases } from "./data.ts";

export function IntoCase({ item }: { item: ItemView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  const { confirmed } = item.findings;
  if (!item.may.confirm) return null;

  async function put(into: string): Promise<number> {
    const { added } = await api.put<{ added: number }>(`/api/evidence/items/${item.id}/case`, { case: into });
    await queries.invalidateQueries({ queryKey: ["item"] });
    await queries.invalidateQueries({ queryKey: ["case"] });
    return added;
  }
  if (item.case !== null)
    return confirmed === 0 ? null : (
      <Button
        onClick={() =>
          void put(String(item.case)).then(
            (added) => tell(say("evidence.put.done", { count: added })),
            tellProblem,
          )
        }
      >
        {say("evidence.put", { case: item.caseNumber ?? "" })}
      </Button>
    );
  return (
    <>
      <LinkButton to={`/cases/new?items=${item.id}`} variant={confirmed > 0 ? "filled" : "default"}>
        {say("evidence.case.open", { count: confirmed })}
      </LinkButton>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say("evidence.case.add")}
      </Button>
      {asking && <Choose item={item} put={put} onClose={() => setAsking(false)} />}
    </>
  );
}

function Choose({
  item,
  put,
  onClose,
}: {
  item: ItemView;
  put: (into: string) => Promise<number>;
  onClose: () => void;
}): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const cases = useMyCases(true);
  const [into, setInto] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const chosen = cases.data?.find((one) => one.id === into);

  async function add(): Promise<void> {
    if (chosen === undefined) return;
    setBusy(true);
    setFault(null);
    try {
      await put(chosen.id);
      go(`/cases/${chosen.number}/selectors`);
    } catch (no) {
      setFault(no);
      setBusy(false);
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={say("evidence.case.add")}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{say("evidence.case.add.text", { count: item.findings.confirmed })}</Text>
        {cases.data?.length === 0 ? (
          <Text size="sm">{say("evidence.case.none")}</Text>
        ) : (
          <ChoiceField
            label={say("evidence.case")}
            required
            value={into}
            choices={(cases.data ?? []).map((one) => ({
              value: one.id,
              label: `${one.number} · ${one.title}`,
            }))}
            onChange={setInto}
          />
        )}
        {fault !== null && <Problem fault={fault} kept={say("evidence.case.kept")} />}
        <Button disabled={chosen === undefined} loading={busy} onClick={() => void add()}>
          {say("evidence.case.add.act")}
        </Button>
      </Stack>
    </Modal>
  );
}
