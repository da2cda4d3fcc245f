// The checklist: each element of each offence, what proves it, what is missing and who is asked for it.
import { ActionIcon, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, ChoiceField, Link, LongTextField, StateTag, useWords } from "@simpul/doors/web";
import type { Element, OffenceKind } from "../../offences/contract.ts";
import { elementsOf } from "../../offences/contract.ts";
import { AskedOf, asksSomebody, useAsked } from "./asked.tsx";
import { ActForm, post, useAct, useLaw, type Shown } from "./parts.tsx";

export function Elements({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const law = useLaw();
  if (law.data === undefined) return null;
  const of = law.data;
  return (
    <Stack gap="md" pt="md">
      {view.offences.map((offence) => (
        <section key={offence} aria-label={say(`offences.kind.${offence}`)}>
          <Title order={3} size="h5" mb="xs">
            {say(`offences.kind.${offence}`)}
          </Title>
          <Stack gap="sm">
            {elementsOf(of, offence).map((element) => (
              <One key={element} {...{ view, offence, element }} />
            ))}
          </Stack>
        </section>
      ))}
    </Stack>
  );
}

interface Of {
  view: Shown;
  offence: OffenceKind;
  element: Element;
}

function One({ view, offence, element }: Of): ReactNode {
  const { say, state, date } = useWords();
  const act = useAct();
  const proofs = view.proofs.filter((one) => one.offence === offence && one.element === element);
  const gaps = view.gaps.filter((one) => one.offence === offence && one.element === element);
  const open = !proofs.some((one) => {
    const exhibit = view.exhibits.find((each) => each.id === one.exhibit);
    return exhibit !== undefined && exhibit.stopped.length === 0 && exhibit.disclosure !== "unused";
  });
  return (
    <Card withBorder padding="sm">
      <Group gap="xs" mb={4}>
        <Text fw={600}>{say(`offences.element.${element}`)}</Text>
        {open && <StateTag tone="waiting">{say("charges.open")}</StateTag>}
      </Group>
      <List size="sm" spacing={4}>
        {proofs.map((one) => {
          const exhibit = view.exhibits.find((each) => each.id === one.exhibit);
          return (
            <List.Item key={one.id}>
              <b>{say("charges.exhibit", { number: exhibit?.number ?? 0 })}</b>: {one.says}{" "}
              {exhibit !== undefined && exhibit.stopped.length > 0 && (
                <StateTag tone="bad">{say("charges.stopped")}</StateTag>
              )}
              {view.may.includes("work") && (
                <ActionIcon
                  variant="subtle"
                  size="md"
                  className="s-noprint"
                  aria-label={`${say("charges.prove.remove")}: ${one.says}`}
                  onClick={() => void act.run(() => api.delete(`/api/charges/${view.id}/proofs/${one.id}`))}
                >
                  ×
                </ActionIcon>
              )}
            </List.Item>
          );
        })}
        {gaps.map((one) => (
          <List.Item key={one.id}>
            {one.text}{" "}
            {one.state !== null ? (
              <Link to={`/assistance/new?kind=formal&case=${view.case.number}&to=${one.state}`}>
                {say("charges.gap.ask", { state: state(one.state) })}
              </Link>
            ) : (
              one.task !== null && (
                <Link to={`/cases/${view.case.number}/tasks?at=${one.task.id}`}>
                  {say(`charges.gap.task.${one.task.state}`)}
                </Link>
              )
            )}
            {` · ${say("charges.gap.due")}: ${date(one.due)}`}
          </List.Item>
        ))}
      </List>
      {view.may.includes("work") && (
        <Group gap="xs" mt="xs" align="start">
          {view.exhibits.length > 0 && <Prove {...{ view, offence, element }} />}
          <Ask {...{ view, offence, element }} />
        </Group>
      )}
    </Card>
  );
}

function Prove({ view, offence, element }: Of): ReactNode {
  const { say } = useWords();
  const [exhibit, setExhibit] = useState<string | null>(null);
  const [says, setSays] = useState("");
  return (
    <ActForm
      label={say("charges.prove")}
      name={`${say("charges.prove")}: ${say(`offences.element.${element}`)}`}
      small
      whole={exhibit !== null && says.trim().length >= 3}
      send={() => post(view.id, "proofs", { exhibit, offence, element, says: says.trim() })}
    >
      <ChoiceField
        label={say("charges.prove.exhibit")}
        required
        value={exhibit}
        choices={view.exhibits.map((one) => ({ value: one.id, label: `${one.number}. ${one.title}` }))}
        onChange={setExhibit}
      />
      <LongTextField
        label={say("charges.prove.says")}
        required
        rows={2}
        maxLength={1000}
        value={says}
        onChange={setSays}
      />
    </ActForm>
  );
}

function Ask({ view, offence, element }: Of): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [asked, setAsked] = useAsked();
  return (
    <ActForm
      label={say("charges.gap")}
      name={`${say("charges.gap")}: ${say(`offences.element.${element}`)}`}
      small
      whole={text.trim().length >= 3 && asksSomebody(asked)}
      send={() =>
        post(view.id, "gaps", {
          ...{ offence, element, text: text.trim() },
          ...{ due: asked.due, to: { [asked.to]: asked.whom } },
        })
      }
    >
      <LongTextField
        label={say("charges.gap.text")}
        required
        rows={2}
        maxLength={1000}
        value={text}
        onChange={setText}
      />
      <AskedOf of={asked} onChange={setAsked} />
    </ActForm>
  );
}
