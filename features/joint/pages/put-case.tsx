// Putting something of a case into a space: what may go is ticked, what may not says why and whom to ask.
import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  HandlingBadge,
  Link,
  LongTextField,
  Problem,
  RadioField,
  StateTag,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { permissionAddress, type Stop } from "../../requests/contract.ts";
import { disclosures, type AskPut, type Disclosure, type SpaceChoice, type SpaceView } from "../contract.ts";
import { Leave } from "./put-leave.tsx";
import { titleIn } from "./title.ts";

interface CaseLine {
  id: string;
  number: string;
  title: string;
}

/** Records and exhibits of a case of ours, each with what stands against it. */
export function FromCase({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const [ref, setRef] = useState<string | null>(null);
  const cases = useQuery({
    queryKey: ["case", "joint"],
    queryFn: ({ signal }) =>
      api.get<{ cases: CaseLine[] }>("/api/cases", { query: { limit: "100" }, signal }),
  });
  return (
    <>
      <ChoiceField
        label={say("joint.case")}
        required
        value={ref}
        choices={(cases.data?.cases ?? []).map((one) => ({
          value: one.number,
          label: `${one.number} · ${one.title}`,
        }))}
        onChange={setRef}
      />
      {cases.error !== null && <Problem fault={cases.error} />}
      {ref !== null && <Choices key={ref} view={view} of={ref} />}
    </>
  );
}

function Choices({ view, of }: { view: SpaceView; of: string }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const [chosen, setChosen] = useState<string[]>([]);
  const [link, setLink] = useState("");
  const [disclosure, setDisclosure] = useState<Disclosure>("not-assessed");
  const query = useQuery({
    queryKey: ["joint", view.id, "choices", of],
    queryFn: ({ signal }) =>
      api.get<{ choices: SpaceChoice[] }>(`/api/joint/${view.id}/choices`, { query: { case: of }, signal }),
  });
  return (
    <Awaited query={query}>
      {({ choices }) => {
        if (choices.length === 0) return <Empty title={say("joint.emptyCase")}>{""}</Empty>;
        const picked = choices.filter((one) => chosen.includes(one.id));
        const parts = picked.map(({ id, handling, evaluation, kind }) => ({
          ...{ id, kind, handling, link: link.trim() },
          evaluation: { source: evaluation.source, information: evaluation.information },
        }));
        const bare = ({ kind: _, ...one }: (typeof parts)[number]) => one;
        const hasItem = picked.some((one) => one.kind === "item");
        return (
          <>
            <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
              {choices.map((one) => (
                <li key={one.id}>
                  <Group gap="xs" wrap="nowrap" align="flex-start">
                    <Checkbox
                      style={{ flex: 1 }}
                      label={titleIn(words, one)}
                      description={`${say(`joint.kind.${one.kind}`)}${one.stop !== null || one.forbidden || one.there ? ` · ${why(one)}` : ""}`}
                      disabled={one.stop !== null || one.forbidden || one.there}
                      checked={chosen.includes(one.id)}
                      onChange={(event) => {
                        const on = event.currentTarget.checked;
                        setChosen((list) =>
                          on ? [...list, one.id] : list.filter((each) => each !== one.id),
                        );
                      }}
                    />
                    {one.originator !== view.own && <StateTag tone="plain">{state(one.originator)}</StateTag>}
                    <HandlingBadge
                      handling={one.handling}
                      evaluation={one.evaluation}
                      from={one.originator}
                    />
                  </Group>
                  {one.stop !== null && <WayOut stop={one.stop} case={of} />}
                </li>
              ))}
            </Stack>
            <LongTextField
              label={say("joint.link")}
              hint={say("joint.link.hint")}
              rows={2}
              maxLength={2000}
              value={link}
              onChange={setLink}
            />
            {hasItem && (
              <RadioField
                label={say("joint.disclosure")}
                value={disclosure}
                choices={disclosures.map((one) => ({ value: one, label: say(`joint.disclosure.${one}`) }))}
                onChange={(next) => setDisclosure(next as Disclosure)}
              />
            )}
            <Leave
              view={view}
              ready={picked.length > 0}
              ask={() => ({
                case: of as AskPut["case"],
                records: parts.filter((one) => one.kind !== "item").map(bare),
                items: parts
                  .filter((one) => one.kind === "item")
                  .map((one) => ({ ...bare(one), disclosure })),
                own: [],
              })}
              done={() => setChosen([])}
              preview={
                <Stack gap={4}>
                  {picked.map((one) => (
                    <Group key={one.id} gap="xs">
                      <Text>{titleIn(words, one)}</Text>
                      <HandlingBadge
                        handling={one.handling}
                        evaluation={one.evaluation}
                        from={one.originator}
                      />
                    </Group>
                  ))}
                </Stack>
              }
            />
          </>
        );
      }}
    </Awaited>
  );

  function why(one: SpaceChoice): string {
    if (one.there) return say("joint.why.there");
    if (one.forbidden) return say("joint.why.forbidden");
    return say(
      `joint.why.${one.stop?.because === "protected" ? "protected" : one.stop?.wayOut === "none" ? "terms" : "ask"}`,
      {
        state: state(one.originator),
      },
    );
  }
}

/** HC-6: whose it is gives its word, or has been asked for it. */
function WayOut({ stop, case: of }: { stop: Stop; case: string }): ReactNode {
  const { say, state } = useWords();
  const { record, originator, recipients, permission } = stop;
  if (stop.wayOut !== "ask" && permission === null) return null;
  const to =
    permission === null
      ? permissionAddress({ records: [record], action: "onward", recipients, case: of, originator })
      : `/requests/permissions/${permission}`;
  return (
    <Text size="sm" ml="xl">
      <Link to={to}>
        {say(permission === null ? "joint.askPermission" : "joint.asked", { state: state(originator) })}
      </Link>
    </Text>
  );
}
