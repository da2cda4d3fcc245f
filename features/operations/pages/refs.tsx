// What the plan is about: targets and cases by reference; a reader learns of each what its own room shows her.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, ChoiceField, Link, useQuery, useWords } from "@simpul/doors/web";
import { refKinds, type Ref, type RefKind } from "../contract.ts";
import type { PartOf } from "./sites.tsx";

const rooms: Record<RefKind, string> = { target: "/targets", case: "/cases" };

export function Refs({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="sm" maw="40rem">
      <Text size="sm" c="dimmed">
        {say("operations.refs.hint")}
      </Text>
      {view.refs.length === 0 && <Text>{say("operations.refs.none")}</Text>}
      <ul className="op-entries">
        {view.refs.map((one) => (
          <li key={one.id}>
            <Group justify="space-between" wrap="nowrap">
              <Named of={one} />
              {open && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={acting.busy}
                  aria-label={say("operations.remove", { what: one.title ?? one.id.slice(-8) })}
                  onClick={() => void acting.run("delete", `/refs/${one.id}`, {})}
                >
                  {say("operations.site.remove")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {open && <Add view={view} acting={acting} open={open} />}
    </Stack>
  );
}

function Named({ of }: { of: Ref }): ReactNode {
  const { say } = useWords();
  const kind = say(`operations.ref.${of.kind}`);
  return (
    <Text>
      {kind}:{" "}
      {of.title === null ? (
        say("operations.ref.hidden", { mark: of.id.slice(-8) })
      ) : (
        <Link to={`${rooms[of.kind]}/${of.id}`}>{of.title}</Link>
      )}
    </Text>
  );
}

function Add({ view, acting }: PartOf): ReactNode {
  const { say } = useWords();
  const [kind, setKind] = useState<RefKind>("target");
  const [ref, setRef] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["operation", "choices", kind],
    queryFn: ({ signal }) =>
      api.get<{ choices: { id: string; title: string }[] }>("/api/operations/choices", {
        query: { kind },
        signal,
      }),
  });
  const choices = (query.data?.choices ?? []).filter((one) => !view.refs.some((ref) => ref.id === one.id));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void acting.run("post", "/refs", { kind, ref }).then((kept) => kept && setRef(null));
      }}
    >
      <Stack gap="sm">
        <ChoiceField
          label={say("operations.identifiers.type")}
          required
          value={kind}
          choices={refKinds.map((value) => ({ value, label: say(`operations.ref.${value}`) }))}
          onChange={(to) => {
            setKind(to === "case" ? "case" : "target");
            setRef(null);
          }}
        />
        <ChoiceField
          label={say(`operations.ref.${kind}`)}
          hint={kind === "target" ? say("operations.ref.target.hint") : undefined}
          required
          value={ref}
          choices={choices.map((one) => ({ value: one.id, label: one.title }))}
          onChange={setRef}
        />
        <Group>
          <Button type="submit" loading={acting.busy} disabled={ref === null}>
            {say("operations.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
