// What goes with the evidence from here: the certificate in a form that the other state takes, and the manifest (MLA-9, MLA-10).
import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, address, useWords } from "@simpul/doors/web";
import type { Codes } from "../contract.ts";
import { certificationsFor, rulesFor } from "../rules.ts";
import { useCodeWords, type View } from "./data.ts";

export function Certificate({ view, codes }: { view: View; codes: Codes }): ReactNode {
  const { say, state } = useWords();
  const code = useCodeWords();
  const named = view.direction === "outgoing" ? view.form.certification : "";
  const forms = certificationsFor(codes, view.peer, named);
  const [form, setForm] = useState(forms[0]!);
  if (view.exhibits.length === 0) return null;
  const open = rulesFor(codes, view.peer)?.certification.standing !== "confirmed";
  return (
    <section aria-label={say("assistance.certificate")}>
      <Title order={2} size="h5">
        {say("assistance.certificate")}
      </Title>
      <Stack gap="xs">
        <Text size="sm">{say("assistance.certificate.what", { count: view.exhibits.length })}</Text>
        <ChoiceField
          label={say("assistance.certificate.form")}
          {...(open && { hint: say("assistance.certificate.open", { state: state(view.peer) }) })}
          value={form}
          choices={forms.map((one) => ({ value: one, label: code("certification", one) }))}
          onChange={(one) => setForm(one ?? form)}
        />
        <Anchor size="sm" href={address(`/api/assistance/${view.id}/certificate`, { form })} download>
          {say("assistance.certificate.get")}
        </Anchor>
        <Anchor size="sm" href={address(`/api/assistance/${view.id}/manifest`)} download>
          {say("assistance.manifest.get")}
        </Anchor>
      </Stack>
    </section>
  );
}
