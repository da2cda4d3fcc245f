// What came back: items and records with what they may be used for; bound to the stated matter, provisional until the formal copy (MLA-6, MLA-7).
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, StateTag, useWords } from "@simpul/doors/web";
import type { View } from "./data.ts";

export function Back({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const { back } = view;
  if (view.kind !== "formal" || view.reference === null) return null;
  const ours = view.direction === "outgoing";
  if (back.answers.length === 0)
    return ours ? null : (
      <section aria-label={say("assistance.product")}>
        <Title order={2} size="h5">
          {say("assistance.product")}
        </Title>
        <Text size="sm">{say("assistance.product.how")}</Text>
        <Link to={`/requests/${view.id}`}>{say("assistance.product.answer")}</Link>
      </section>
    );
  const things = [
    ...back.items.map((one) => ({ ...one, to: one.sealed ? `/evidence/${one.id}` : null })),
    ...back.records.map((one) => ({ ...one, to: `/requests/received/${one.copy}` })),
  ];
  return (
    <section aria-label={say("assistance.back")}>
      <Title order={2} size="h5">
        {say("assistance.back")}
      </Title>
      {ours && (
        <Text size="sm">
          {say("assistance.useLimit", {
            matter: view.form.matter === "" ? view.form.subject : view.form.matter,
          })}
        </Text>
      )}
      {view.provisional && <StateTag tone="waiting">{say("assistance.provisional")}</StateTag>}
      <Stack gap={4} component="ul" className="a-list" mt="xs">
        {things.map((one) => (
          <li key={one.id}>
            <Text size="sm" component="div">
              {one.to === null ? one.title : <Link to={one.to}>{one.title}</Link>} ·{" "}
              {say(one.court ? "assistance.court.yes" : "assistance.court.no")}
              {one.text !== null && ` · ${one.text}`}
            </Text>
          </li>
        ))}
      </Stack>
      <Text size="sm" mt="xs">
        <Link to={`/requests/${view.id}?tab=answers`}>{say("assistance.back.read")}</Link>
      </Text>
    </section>
  );
}
