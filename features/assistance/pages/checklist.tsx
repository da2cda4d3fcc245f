// What is missing, as a list that leads to the field; each line says what to do and where its rule comes from (MLA-3).
import { Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { LinkButton, address, useWords } from "@simpul/doors/web";
import type { Finding, LeftOut } from "../contract.ts";
import { useCodeWords } from "./data.ts";

/** Leads to the field by its name; the page gives every field the id `f-<name>`. */
export function toField(name: string): void {
  const found = document.getElementById(`f-${name}`);
  found?.scrollIntoView({ block: "center" });
  found?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
}

export function useFieldWords(): (field: string) => string {
  const { say } = useWords();
  return (field) => say(`assistance.field.${field}`);
}

export function Findings({ of, jump = false }: { of: readonly Finding[]; jump?: boolean }): ReactNode {
  const words = useWords();
  const { say } = words;
  const errors = of.filter((one) => one.level === "error");
  const warnings = of.filter((one) => one.level === "warning");
  return (
    <section aria-label={say("assistance.checklist")} className="a-check">
      <Title order={2} size="h5">
        {say("assistance.checklist")}
      </Title>
      <Text size="sm" aria-live="polite">
        {errors.length === 0
          ? say("assistance.checklist.ready")
          : say("assistance.checklist.errors", { count: errors.length })}
      </Text>
      {[errors, warnings].map((list, at) =>
        list.length === 0 ? null : (
          <ul key={at} className="a-list">
            {list.map((one) => (
              <li
                key={`${one.code} ${one.field ?? ""} ${String(one.facts["code"] ?? "")}`}
                data-level={one.level}
              >
                <One of={one} jump={jump} />
              </li>
            ))}
          </ul>
        ),
      )}
    </section>
  );
}

function One({ of, jump }: { of: Finding; jump: boolean }): ReactNode {
  const words = useWords();
  const { say } = words;
  const field = useFieldWords();
  const code = useCodeWords();
  const facts = {
    ...of.facts,
    field: of.field === null ? "" : field(of.field),
    state: words.state(String(of.facts["state"] ?? "")),
    languages: words.list(
      String(of.facts["languages"] ?? "")
        .split(",")
        .map((one) => words.language(one)),
    ),
    accepted: words.list(
      String(of.facts["accepted"] ?? "")
        .split(",")
        .map((one) => code("certification", one)),
    ),
    code: code("undertaking", String(of.facts["code"] ?? "")),
  };
  const text = say(`assistance.finding.${of.code}`, facts);
  const { field: name } = of;
  return (
    <>
      {jump && name !== null ? (
        <UnstyledButton className="a-jump" onClick={() => toField(name)}>
          {text}
        </UnstyledButton>
      ) : (
        <Text size="sm">{text}</Text>
      )}
      <Text size="xs" c="dimmed">
        {of.standing === "to-be-confirmed" ? say("assistance.tbc") : ""}
        {of.standing === "to-be-confirmed" && of.source !== "" ? " · " : ""}
        {of.source}
      </Text>
    </>
  );
}

/** MLA-8: what was not copied, why, and the way to ask for it. */
export function LeftOutList({
  of,
  caseRef,
  to,
}: {
  of: readonly LeftOut[];
  caseRef: string;
  to: string;
}): ReactNode {
  const { say, state } = useWords();
  if (of.length === 0) return null;
  return (
    <section aria-label={say("assistance.leftOut")}>
      <Title order={2} size="h5">
        {say("assistance.leftOut")}
      </Title>
      <Stack gap="xs" component="ul" className="a-list">
        {of.map((one, at) => (
          <li key={at}>
            <Text size="sm">
              {one.record === null ? say("assistance.leftOut.words", { part: one.title }) : one.title} ·{" "}
              {one.reference}
            </Text>
            <Text size="sm" c="dimmed">
              {say(`requests.stop.because.${one.because}`, { owner: state(one.originator) })}
            </Text>
            {one.wayOut === "ask" && (
              <LinkButton
                size="compact-sm"
                variant="default"
                to={address("/requests/permissions/new", {
                  records: one.record,
                  action: one.what,
                  ...(one.what === "onward" ? { to } : {}),
                  case: caseRef,
                  from: one.originator,
                })}
              >
                {say("assistance.leftOut.ask", { state: state(one.originator) })}
              </LinkButton>
            )}
            {one.wayOut === "waiting" && <Text size="sm">{say("assistance.leftOut.waiting")}</Text>}
          </li>
        ))}
      </Stack>
    </section>
  );
}
