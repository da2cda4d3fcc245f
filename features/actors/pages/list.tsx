// All who stand in two or more cases, and the key players, with why each stands there.
import { Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  TickField,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Actor, ActorsView } from "../contract.ts";
import { keyPlayersFrom } from "../rules.ts";
import { nameOf, useKind, Whences, Why } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["case"]);
  const query = useQuery({
    queryKey: ["case", "actors"],
    queryFn: ({ signal }) => api.get<ActorsView>("/api/actors", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("actors.room")}
        act={
          <>
            <LinkButton to="/actors/network">{say("actors.network.see")}</LinkButton>
            <LinkButton to="/targets">{say("targets.room")}</LinkButton>
          </>
        }
      />
      <Awaited query={query}>{(view) => <Body view={view} />}</Awaited>
    </>
  );
}

function Body({ view }: { view: ActorsView }): ReactNode {
  const { say } = useWords();
  const kind = useKind();
  const [only, setOnly] = useAddressValue("kind", "");
  const [key, setKey] = useAddressValue("key", "");
  if (view.actors.length === 0) return <Empty title={say("actors.empty")}>{say("actors.empty.text")}</Empty>;
  const few = view.linked < keyPlayersFrom;
  const kinds = [...new Set(view.actors.map((one) => one.kind))].sort();
  const shown = view.actors.filter(
    (one) =>
      (only === "" || one.kind === only) && (key === "" || few || one.broker !== null || one.parts !== null),
  );
  return (
    <Stack gap="md">
      <Text size="sm">
        {say("actors.over", { things: view.things, links: view.links })} {say("actors.kept")}{" "}
        {view.more ? say("actors.more") : ""}{" "}
        {few && say("actors.key.few", { linked: view.linked, from: keyPlayersFrom })}{" "}
        {!view.counted && say("actors.uncounted")}
      </Text>
      <div className="s-noprint">
        <Stack gap="xs" maw="24rem">
          <ChoiceField
            label={say("actors.kind")}
            value={only === "" ? null : only}
            placeholder={say("actors.kind.all")}
            choices={kinds.map((value) => ({ value, label: kind(value) }))}
            onChange={(to) => setOnly(to ?? "")}
          />
          {!few && (
            <TickField
              label={say("actors.key.only")}
              value={key !== ""}
              onChange={(to) => setKey(to ? "1" : "")}
            />
          )}
        </Stack>
      </div>
      {shown.length === 0 ? <Text size="sm">{say("actors.none")}</Text> : <Rows of={shown} />}
    </Stack>
  );
}

function Rows({ of }: { of: readonly Actor[] }): ReactNode {
  const { say, date } = useWords();
  const kind = useKind();
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("actors.table")}>
      <Table className="s-table" aria-label={say("actors.table")}>
        <Table.Thead>
          <Table.Tr>
            {["name", "kind", "why", "cases", "days"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`actors.column.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td data-main data-label={say("actors.column.name")} className="s-long">
                <Link to={`/actors/${one.id}`}>{nameOf(one.name)}</Link>{" "}
                {(one.broker !== null || one.parts !== null) && (
                  <StateTag tone="accent">{say("actors.key")}</StateTag>
                )}
              </Table.Td>
              <Table.Td data-label={say("actors.column.kind")}>{kind(one.kind)}</Table.Td>
              <Table.Td data-label={say("actors.column.why")}>
                <Why of={one} />
              </Table.Td>
              <Table.Td data-label={say("actors.column.cases")}>
                <Whences of={one.seen} />
              </Table.Td>
              <Table.Td data-label={say("actors.column.days")}>
                {one.first === null
                  ? "–"
                  : [...new Set([one.first, one.last!])].map((day) => date(day)).join(" – ")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
