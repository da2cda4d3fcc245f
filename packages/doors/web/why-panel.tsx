// "Why can I see this? Who else can? Who did?" beside every record, by its number or id; asked for when it is opened.
import { List, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { WhyView } from "@simpul/policy";
import { api } from "./api.ts";
import { Awaited } from "./notices.tsx";
import { TimeText } from "./texts.tsx";
import { useWords } from "./words.tsx";

/** Asking is itself noted, so a record that is only read is not asked about by its page. */
export function WhyThis({ of, open = false }: { of: string; open?: boolean }): ReactNode {
  const { say } = useWords();
  const [asked, setAsked] = useState(open);
  return (
    <details className="s-why" open={open} onToggle={(event) => event.currentTarget.open && setAsked(true)}>
      <summary>{say("web.why.title")}</summary>
      {asked && <Why of={of} />}
    </details>
  );
}

function Why({ of }: { of: string }): ReactNode {
  const query = useQuery({
    queryKey: ["why", of],
    queryFn: ({ signal }) => api.get<WhyView>(`/api/why/${of}`, { signal }),
  });
  return <Awaited query={query}>{(why) => <Told why={why} />}</Awaited>;
}

function Told({ why }: { why: WhyView }): ReactNode {
  const { say, sayOne } = useWords();
  const by = (because: readonly string[]): string =>
    because.map((one) => sayOne([one.replace(/^policy/, "sight.by")]) ?? one).join(", ");
  const desks = why.desks.map((one) =>
    say("web.why.desk", {
      desk: one.desk,
      agency: one.agency,
      roles: one.roles.map((role) => say(`role.${role}`)).join(", "),
      count: one.officers,
    }),
  );
  return (
    <Stack gap="md" mt="xs">
      <Part title={say("web.why.because")}>
        {why.because.map((one) => (
          <List.Item key={one}>{sayOne([one]) ?? one}</List.Item>
        ))}
      </Part>
      <Part title={say("web.why.others")}>
        {why.officers === 0 && <List.Item>{say("web.why.nobody")}</List.Item>}
        {why.persons.map((one) => (
          <List.Item key={one.name}>{`${one.name}: ${by(one.because)}`}</List.Item>
        ))}
        {desks.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
        {why.hidden > 0 && <List.Item>{say("web.why.hidden", { count: why.hidden })}</List.Item>}
      </Part>
      {!why.whole && <Text size="sm">{say("web.why.not-whole")}</Text>}
      <Part title={say("web.why.seen")}>
        {why.seen.length === 0 && <List.Item>{say("web.why.nobody")}</List.Item>}
        {why.seen.map((one) => (
          <List.Item key={`${one.name} ${one.at}`}>
            {one.name}: {sayOne([`activity.${one.kind}`]) ?? one.kind}, <TimeText at={one.at} />
            {one.times > 1 && `, ${say("web.why.times", { count: one.times })}`} (
            {say(`purpose.${one.purpose}`)})
          </List.Item>
        ))}
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section>
      <Title order={3} size="h6">
        {title}
      </Title>
      <List size="sm">{children}</List>
    </section>
  );
}
