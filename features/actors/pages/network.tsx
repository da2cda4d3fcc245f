// The whole network in one picture: drag it, come nearer, choose one and open it; who has most links as a table beside.
import { Stack, Table, Text } from "@mantine/core";
import { useMemo } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  SidePeek,
  StateTag,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { Picture, type ChartKind, type Drawn } from "../../cases/contract/chart-picture.tsx";
import type { NetworkView } from "../contract.ts";
import { nameOf, useKind } from "./parts.tsx";

/** So many stand in the table; each of the others is found by search and in the list. */
const rows = 200;

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["case"]);
  const query = useQuery({
    queryKey: ["case", "actors", "network"],
    queryFn: ({ signal }) => api.get<NetworkView>("/api/actors/network", { signal }),
  });
  return (
    <>
      <PageHead title={say("actors.network")} back={{ to: "/actors", label: say("actors.room") }} />
      <Awaited query={query}>{(view) => <Body view={view} />}</Awaited>
    </>
  );
}

function Body({ view }: { view: NetworkView }): ReactNode {
  const { say } = useWords();
  const [shown, setShown] = useAddressValue("at", "");
  const chart = useMemo(() => chartOf(view), [view]);
  if (view.nodes.length === 0)
    return <Empty title={say("actors.network.empty")}>{say("actors.empty.text")}</Empty>;
  const { nodes, lines } = view.left;
  return (
    <Stack gap="md">
      <Text size="sm">
        {say("actors.network.over", { nodes: view.nodes.length, lines: view.lines.length })}{" "}
        {say("actors.kept")} {nodes + lines > 0 && say("actors.network.left", { nodes, lines })}{" "}
        {view.more && say("actors.more")} {!view.counted && say("actors.uncounted")}
      </Text>
      <div className="s-list" data-peek={shown !== ""}>
        <div className="s-list-main">
          <Picture chart={chart} shown={shown} onShow={setShown} />
        </div>
        {shown !== "" && <Peek view={view} shown={shown} close={() => setShown("")} />}
      </div>
      <MostLinked view={view} />
    </Stack>
  );
}

/** A node by its id; a line by both. */
function chartOf({ nodes, lines }: NetworkView): Drawn {
  const kindOf = (kind: NetworkView["nodes"][number]["kind"]): ChartKind =>
    kind === "person" ? "other" : kind === "organisation" || kind === "place" ? kind : "selector";
  return {
    nodes: nodes.map(({ id, kind, name, key }) => ({ id, kind: kindOf(kind), label: nameOf(name), key })),
    lines: lines.map(({ from, to, words }) => {
      const [a, b] = [nodes[from]!.id, nodes[to]!.id];
      return { id: `${a} ${b}`, from: a, to: b, edges: words.map((each) => ({ words: each })) };
    }),
  };
}

function Peek({ view, shown, close }: { view: NetworkView; shown: string; close: () => void }): ReactNode {
  const { say } = useWords();
  const kind = useKind();
  const ids = shown.split(" ");
  const ends = ids.flatMap((id) => view.nodes.find((one) => one.id === id) ?? []);
  const line = view.lines.find(
    ({ from, to }) => view.nodes[from]!.id === ids[0] && view.nodes[to]!.id === ids[1],
  );
  if (ends.length === 0) return null;
  return (
    <SidePeek title={ends.map((one) => nameOf(one.name)).join(" – ")} onClose={close}>
      <Stack gap="md">
        {line !== undefined && (
          <Text size="sm">
            {line.words.map((each) => say(each)).join(" · ")} · {say(`actors.surety.${line.surety}`)}
          </Text>
        )}
        {ends.map((one) => (
          <Stack gap={4} key={one.id} align="flex-start">
            <Text size="sm">
              {kind(one.kind)} · {say("actors.why.seen", { count: one.seen })} ·{" "}
              {say("actors.network.links", { count: one.links })}
            </Text>
            {one.key && <StateTag tone="accent">{say("actors.key")}</StateTag>}
            <LinkButton to={`/actors/${one.id}`}>
              {say("actors.network.open", { name: nameOf(one.name) })}
            </LinkButton>
          </Stack>
        ))}
      </Stack>
    </SidePeek>
  );
}

/** The same as the picture as far as a table can be read: key players first, then who has most links. */
function MostLinked({ view }: { view: NetworkView }): ReactNode {
  const { say, number } = useWords();
  const kind = useKind();
  const first = view.nodes.toSorted((a, b) => Number(b.key) - Number(a.key)).slice(0, rows);
  const columns = ["name", "kind", "links", "cases"] as const;
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("actors.network.table")}>
      <Table className="s-table" aria-label={say("actors.network.table")}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((one) => (
              <Table.Th key={one} scope="col">
                {say(`actors.column.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {first.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td data-main data-label={say("actors.column.name")} className="s-long">
                <Link to={`/actors/${one.id}`}>{nameOf(one.name)}</Link>{" "}
                {one.key && <StateTag tone="accent">{say("actors.key")}</StateTag>}
              </Table.Td>
              <Table.Td data-label={say("actors.column.kind")}>{kind(one.kind)}</Table.Td>
              <Table.Td data-label={say("actors.column.links")}>{number(one.links)}</Table.Td>
              <Table.Td data-label={say("actors.column.cases")}>{number(one.seen)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
