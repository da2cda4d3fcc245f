// What the court asks of each exhibit: what is met, what is missing, who can give it, and asking for it.
import { Card, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  Link,
  LongTextField,
  StateTag,
  useAddressValue,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { lawOf } from "../../offences/contract.ts";
import type { LawByState } from "../../offences/contract.ts";
import { admissionStands, type Admission as Need, type AdmissionStands } from "../contract.ts";
import { AskedOf, asksSomebody, useAsked } from "./asked.tsx";
import { ActForm, post, useLaw, type Shown } from "./parts.tsx";

const tones = { met: "good", "not-asked": "plain", asked: "waiting", "no-law": "bad", open: "bad" } as const;

export function Admission({ view }: { view: Shown }): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const law = useLaw();
  const courts = [...new Set(view.admissions.map((one) => one.court))];
  const [at, setAt] = useAddressValue("court", node.code);
  const court = courts.find((one) => one === at) ?? courts[0];
  if (court === undefined)
    return (
      <Text size="sm" c="dimmed" pt="md">
        {say("charges.admission.none")}
      </Text>
    );
  return (
    <Stack gap="sm" pt="md">
      {courts.length > 1 && (
        <div className="s-noprint" style={{ maxWidth: "24rem" }}>
          <ChoiceField
            label={say("charges.admission.court")}
            required
            value={court}
            choices={courts.map((value) => ({ value, label: state(value) }))}
            onChange={(to) => setAt(to ?? node.code)}
          />
        </div>
      )}
      {view.exhibits
        .map((one) => ({
          one,
          needs: view.admissions.filter((each) => each.exhibit === one.id && each.court === court),
        }))
        .filter(({ needs }) => needs.length > 0)
        .map(({ one, needs }) => (
          <Card withBorder padding="sm" key={one.id} component="article">
            <Text fw={600} className="s-long">
              {one.number}. {one.title}
            </Text>
            <List size="sm" spacing={6} listStyleType="none" aria-label={one.title}>
              {needs.map((each) => (
                <One key={each.need} view={view} of={each} law={law.data} />
              ))}
            </List>
          </Card>
        ))}
    </Stack>
  );
}

function One({ view, of, law }: { view: Shown; of: Need; law: LawByState | undefined }): ReactNode {
  const { say, state, date } = useWords();
  const { node } = useSession();
  const fact = law === undefined ? undefined : lawOf(law, of.court)?.court[of.need];
  const missing = of.stands !== "met" && of.stands !== "not-asked";
  return (
    <List.Item>
      <Group gap="xs">
        <b>{say(`offences.court.${of.need}`)}</b>
        <StateTag tone={tones[of.stands]}>
          {say(
            of.stands === "met" && of.by !== "officer"
              ? `charges.admission.by.${String(of.by)}`
              : `charges.admission.${of.stands}`,
          )}
        </StateTag>
        {view.may.includes("work") && <Write view={view} of={of} missing={missing} />}
      </Group>
      {of.says !== "" && <Text size="sm">{of.says}</Text>}
      {fact !== undefined && fact.says !== "" && (
        <Text size="xs" c="dimmed" lang="en">
          {fact.says}
        </Text>
      )}
      {of.stands === "open" && (
        <Text size="sm">
          {of.giver === node.code
            ? say("charges.admission.here")
            : say("charges.admission.giver", { state: state(of.giver) })}
          {of.giver !== node.code && view.may.includes("work") && (
            <>
              {" · "}
              <Link to={`/assistance/new?kind=formal&case=${view.case.number}&to=${of.giver}`}>
                {say("charges.gap.ask", { state: state(of.giver) })}
              </Link>
            </>
          )}
        </Text>
      )}
      {of.stands === "asked" && (
        <Text size="sm">
          {of.state !== null && state(of.state)}
          {of.task !== null && (
            <Link to={`/cases/${view.case.number}/tasks?at=${of.task.id}`}>
              {say(`charges.gap.task.${of.task.state}`)}
            </Link>
          )}
          {of.due !== null && ` · ${say("charges.gap.due")}: ${date(of.due)}`}
        </Text>
      )}
    </List.Item>
  );
}

function Write({ view, of, missing }: { view: Shown; of: Need; missing: boolean }): ReactNode {
  const { say } = useWords();
  const { node } = useSession();
  const [stands, setStands] = useState<AdmissionStands>(missing ? "asked" : "met");
  const [says, setSays] = useState("");
  const [asked, setAsked] = useAsked(of.giver === node.code ? null : of.giver);
  const asks = stands === "asked";
  return (
    <ActForm
      label={say("charges.admission.write")}
      name={`${say("charges.admission.write")}: ${say(`offences.court.${of.need}`)}`}
      small
      whole={says.trim().length >= 3 && (!asks || asksSomebody(asked))}
      send={() =>
        post(view.id, "admissions", {
          ...{ exhibit: of.exhibit, court: of.court, need: of.need, stands, says: says.trim() },
          ...(asks ? { to: { [asked.to]: asked.whom }, due: asked.due } : { to: null, due: null }),
        })
      }
    >
      <ChoiceField
        label={say("charges.admission.stands")}
        required
        value={stands}
        choices={admissionStands.map((one) => ({ value: one, label: say(`charges.admission.${one}`) }))}
        onChange={(value) => setStands((value ?? "met") as AdmissionStands)}
      />
      <LongTextField
        label={say(asks ? "charges.gap.text" : "charges.admission.says")}
        required
        rows={2}
        maxLength={1000}
        value={says}
        onChange={setSays}
      />
      {asks && <AskedOf of={asked} onChange={setAsked} />}
    </ActForm>
  );
}
