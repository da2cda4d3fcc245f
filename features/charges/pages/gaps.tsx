// Gaps of the law: noted by state and kind where a step stopped, counted; no case and no person stands here.
import { Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Awaited, ChoiceField, PageHead, useLive, useQuery, useWords } from "@simpul/doors/web";
import { gapKinds, gapSteps, type GapCount } from "../contract.ts";
import { ActForm, states } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["legal-gap"]);
  const query = useQuery({
    queryKey: ["legal-gap"],
    queryFn: ({ signal }) => api.get<{ gaps: GapCount[] }>("/api/charges/gaps", { signal }),
  });
  return (
    <>
      <PageHead title={say("charges.gapsOfLaw")} back={{ to: "/charges", label: say("charges.room") }} />
      <Stack gap="md" maw="52rem">
        <Text size="sm">{say("charges.gaps.text")}</Text>
        <Note />
        <Awaited query={query}>{({ gaps }) => <Counted of={gaps} />}</Awaited>
      </Stack>
    </>
  );
}

function Counted({ of }: { of: readonly GapCount[] }): ReactNode {
  const { say, state, number } = useWords();
  if (of.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say("charges.gaps.empty")}
      </Text>
    );
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("charges.gapsOfLaw")}>
      <Table className="s-table" aria-label={say("charges.gapsOfLaw")}>
        <Table.Thead>
          <Table.Tr>
            {["state", "kind", "step", "count", "last"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`charges.gaps.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((one) => (
            <Table.Tr key={one.state + one.kind + one.step}>
              <Table.Td data-main data-label={say("charges.gaps.state")}>
                {state(one.state)}
              </Table.Td>
              <Table.Td data-label={say("charges.gaps.kind")} className="s-long">
                {say(`charges.gapKind.${one.kind}`)}
              </Table.Td>
              <Table.Td data-label={say("charges.gaps.step")}>{say(`charges.gapStep.${one.step}`)}</Table.Td>
              <Table.Td data-label={say("charges.gaps.count")}>{number(one.count)}</Table.Td>
              <Table.Td data-label={say("charges.gaps.last")}>{one.last}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Note(): ReactNode {
  const words = useWords();
  const { say } = words;
  const [state, setState] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [step, setStep] = useState<string | null>(null);
  return (
    <ActForm
      label={say("charges.gaps.note")}
      whole={state !== null && kind !== null && step !== null}
      send={() => api.post("/api/charges/gaps", { state, kind, step })}
    >
      <ChoiceField
        label={say("charges.gaps.state")}
        required
        value={state}
        choices={states.map((one) => ({ value: one, label: words.state(one) }))}
        onChange={setState}
      />
      <ChoiceField
        label={say("charges.gaps.kind")}
        required
        value={kind}
        choices={gapKinds.map((one) => ({ value: one, label: say(`charges.gapKind.${one}`) }))}
        onChange={setKind}
      />
      <ChoiceField
        label={say("charges.gaps.step")}
        required
        value={step}
        choices={gapSteps.map((one) => ({ value: one, label: say(`charges.gapStep.${one}`) }))}
        onChange={setStep}
      />
    </ActForm>
  );
}
