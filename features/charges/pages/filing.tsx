// What speaks against filing, in words, and the prosecutor's act; for a person it says the same whoever she is (VIC-2).
import { List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField, StateTag, TextField, useWords } from "@simpul/doors/web";
import { ReviewStanding } from "../../reviews/contract/standing.tsx";
import type { Objection } from "../contract.ts";
import { ActForm, post, Section, type Shown } from "./parts.tsx";

export function Filing({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const open = linesOf(view.state === "prepared" ? view.objections : view.objections.filter(still));
  if (view.state === "filed" && open.length === 0) return null;
  return (
    <Section title={say(view.state === "filed" ? "charges.objections.filed" : "charges.objections")}>
      {view.review !== null && view.state === "prepared" && (
        <>
          <ReviewStanding review={view.review} />
          <Text size="sm">{say("charges.reviewed")}</Text>
        </>
      )}
      {open.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say("charges.objections.none")}
        </Text>
      ) : (
        <List size="sm" spacing={4} aria-label={say("charges.objections")}>
          {open.map((one) => (
            <List.Item key={one.code + JSON.stringify(one.facts)}>
              <Said of={one} elements={one.elements} />{" "}
              {one.blocks && <StateTag tone="bad">{say("charges.objection.blocks")}</StateTag>}
            </List.Item>
          ))}
        </List>
      )}
      {view.may.includes("file") && <FileForm view={view} />}
    </Section>
  );
}

/** What must be settled first; elements that nothing proves in one line for each offence. */
function linesOf(of: readonly Objection[]): (Objection & { elements: string[] })[] {
  const lines: (Objection & { elements: string[] })[] = [];
  for (const one of of.toSorted((a, b) => Number(b.blocks) - Number(a.blocks))) {
    const element = one.code === "element-open" ? String(one.facts["element"]) : null;
    const same = lines.find(
      (each) => each.code === one.code && each.facts["offence"] === one.facts["offence"],
    );
    if (element !== null && same !== undefined) same.elements.push(element);
    else lines.push({ ...one, elements: element === null ? [] : [element] });
  }
  return lines;
}

/** After filing only what changes: an exhibit that was stopped, a state that charged too. */
const still = ({ code }: Objection): boolean =>
  code === "exhibit-stopped" || code === "exhibit-withdrawn" || code === "charged-elsewhere";

function Said({ of: { code, facts }, elements }: { of: Objection; elements: readonly string[] }): ReactNode {
  const { say, state, list } = useWords();
  const values = { ...facts };
  if (typeof facts["offence"] === "string") values["offence"] = say(`offences.kind.${facts["offence"]}`);
  if (elements.length > 0) values["element"] = list(elements.map((one) => say(`offences.element.${one}`)));
  if (typeof facts["originator"] === "string")
    values["originator"] = facts["originator"] === "" ? "–" : state(facts["originator"]);
  if (typeof facts["state"] === "string") values["state"] = state(facts["state"]);
  return say(`charges.objection.${code}`, values);
}

function FileForm({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const [court, setCourt] = useState("");
  const [ageBasis, setAge] = useState("");
  const [sameAct, setSame] = useState("");
  const asks = (...codes: Objection["code"][]): boolean =>
    view.objections.some((one) => codes.includes(one.code));
  return (
    <ActForm
      label={say("charges.file")}
      saves={say("charges.file")}
      filled
      whole={court.trim().length >= 2}
      send={() =>
        post(view.id, "file", { court: court.trim(), ageBasis: ageBasis.trim(), sameAct: sameAct.trim() })
      }
    >
      <Stack gap="sm">
        <TextField label={say("charges.court")} required maxLength={300} value={court} onChange={setCourt} />
        {asks("accused-child", "age-unknown") && (
          <LongTextField
            label={say("charges.file.age")}
            required
            rows={2}
            maxLength={1000}
            value={ageBasis}
            onChange={setAge}
          />
        )}
        {asks("charged-elsewhere") && (
          <LongTextField
            label={say("charges.file.same")}
            required
            rows={2}
            maxLength={2000}
            value={sameAct}
            onChange={setSame}
          />
        )}
      </Stack>
    </ActForm>
  );
}
