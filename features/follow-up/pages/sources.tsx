// What published tables say of the same thing, side by side: contradictions in words, nothing averaged; and the tables themselves.
import { Checkbox, Group, Stack, Table, Text, Title } from "@mantine/core";
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
  useAddressValue,
  useLive,
  useQuery,
  useSession,
  useWords,
  ListTable,
} from "@simpul/doors/web";
import { measures, type Said, type SideBySide, type TableHead } from "../contract.ts";
import { Rooms, StateChoice, takesIn } from "./parts.tsx";

/** Drawn at once; more is reached by choosing a state. */
const mostShown = 300;

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const mayTakeIn = takesIn(officer.roles);
  useLive(["published"]);
  const tables = useQuery({
    queryKey: ["published", "tables"],
    queryFn: ({ signal }) => api.get<{ tables: TableHead[] }>("/api/follow-up/tables", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("follow-up.sources")}
        act={mayTakeIn && <LinkButton to="/follow-up/tables/new">{say("follow-up.takeIn")}</LinkButton>}
      />
      <Rooms at="sources" />
      <Awaited query={tables}>
        {({ tables: all }) =>
          all.length === 0 ? (
            <Empty title={say("follow-up.tables.none")}>{say("follow-up.tables.none.text")}</Empty>
          ) : (
            <Stack gap="lg">
              <SideBySides />
              <Tables of={all} />
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function SideBySides(): ReactNode {
  const { say, number } = useWords();
  const [state] = useAddressValue("state", "");
  const [measure, setMeasure] = useAddressValue("measure", "victims");
  const [parts, setParts] = useAddressValue("parts", "no");
  const [only, setOnly] = useAddressValue("only", "");
  const query = useQuery({
    queryKey: ["published", "sources", state, measure, parts],
    queryFn: ({ signal }) =>
      api.get<{ places: SideBySide[] }>("/api/follow-up/sources", {
        signal,
        query: { state, measure, parts },
      }),
  });
  return (
    <section aria-label={say("follow-up.sideBySide")}>
      <Stack gap="sm">
        <Group align="end" gap="md" className="s-noprint">
          <StateChoice />
          <ChoiceField
            label={say("follow-up.column.measure")}
            required
            value={measure}
            choices={measures.map((value) => ({ value, label: say(`follow-up.measure.${value}`) }))}
            onChange={(to) => setMeasure(to ?? "victims")}
          />
          <Checkbox
            label={say("follow-up.withParts")}
            checked={parts === "yes"}
            onChange={(event) => setParts(event.currentTarget.checked ? "yes" : "no")}
          />
          <Checkbox
            label={say("follow-up.onlyConflicts")}
            checked={only !== ""}
            onChange={(event) => setOnly(event.currentTarget.checked ? "conflicts" : "")}
          />
        </Group>
        <Awaited query={query}>
          {({ places }) => {
            const conflicts = places.filter((one) => conflictsIn(one));
            const shown = only === "" ? places : conflicts;
            return (
              <>
                <Text size="sm" role="status">
                  {say("follow-up.conflicts", {
                    count: conflicts.length,
                    of: number(places.length),
                  })}
                  {shown.length > mostShown &&
                    ` ${say("follow-up.more", { count: shown.length - mostShown })}`}
                </Text>
                <Places of={shown.slice(0, mostShown)} />
              </>
            );
          }}
        </Awaited>
      </Stack>
    </section>
  );
}

const conflictsIn = (one: SideBySide): boolean => one.comparison === "differ" || one.comparison === "itself";

function Places({ of }: { of: readonly SideBySide[] }): ReactNode {
  const { say, state } = useWords();
  if (of.length === 0) return <Text size="sm">{say("follow-up.nothingFound")}</Text>;
  return (
    <ListTable
      label={say("follow-up.sideBySide")}
      columns={["state", "year", "said", "comparison"].map((one) => say(`follow-up.column.${one}`))}
    >
      {of.map((one) => (
        <Table.Tr key={[one.state, one.year, one.part].join("|")} style={{ cursor: "auto" }}>
          <Table.Td data-main data-label={say("follow-up.column.state")}>
            {state(one.state)}
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.year")}>{one.year}</Table.Td>
          <Table.Td data-label={say("follow-up.column.said")} className="s-long">
            {one.part !== "" && <div>{one.part}</div>}
            <ul className="f-figures">
              {one.said.map((said) => (
                <li key={`${said.table} ${said.sheet} ${String(said.row)}`}>
                  <SaidLine of={said} />
                </li>
              ))}
            </ul>
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.comparison")}>
            <Compared of={one} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

function SaidLine({ of }: { of: Said }): ReactNode {
  const { say, number } = useWords();
  const { released } = of;
  if (released !== undefined)
    return (
      <>
        <b>{of.count === null ? "–" : number(of.count)}</b>{" "}
        <Link to={`/picture?figure=${released.figure}`}>{say("follow-up.own")}</Link>{" "}
        <Text span size="sm" c="dimmed">
          {of.count === null
            ? say("follow-up.own.part", { months: released.months })
            : say("follow-up.own.off", { off: number(released.off) })}
        </Text>
      </>
    );
  return (
    <>
      <b>{of.written === "" ? "–" : of.written}</b>{" "}
      <Link to={`/follow-up/tables/${of.table}`}>
        {of.publisher}
        {of.publishedOn === null ? "" : ` ${of.publishedOn.slice(0, 4)}`}
      </Link>
      {of.note !== "" && (
        <Text span size="sm" c="dimmed">
          {" "}
          {of.note}
        </Text>
      )}
    </>
  );
}

/** What the numbers are to each other, in words; how far apart they are, never what lies between. */
function Compared({ of }: { of: SideBySide }): ReactNode {
  const { say, number } = useWords();
  const range =
    of.from === null || of.to === null || of.from === of.to
      ? ""
      : say("follow-up.range", { from: number(of.from), to: number(of.to), apart: number(of.to - of.from) });
  if (of.comparison === "one") return null;
  const text = `${say(`follow-up.compared.${of.comparison}`)}${range}`;
  return conflictsIn(of) ? (
    <>
      <StateTag tone="waiting">{say("follow-up.conflict")}</StateTag> {text}
    </>
  ) : (
    <>{text}</>
  );
}

function Tables({ of }: { of: readonly TableHead[] }): ReactNode {
  const { say, number } = useWords();
  return (
    <section aria-label={say("follow-up.tables")}>
      <Title order={2} size="h4" mb="xs">
        {say("follow-up.tables")}
      </Title>
      <ul className="f-figures">
        {of.map((one) => (
          <li key={one.id}>
            <Link to={`/follow-up/tables/${one.id}`}>
              {one.publisher}: {one.title}
            </Link>{" "}
            <Text span size="sm" c="dimmed">
              {one.publishedOn ?? ""} ·{" "}
              {say("follow-up.rows", { count: one.rows, written: number(one.rows) })}
            </Text>{" "}
            {one.withdrawn !== null && <StateTag>{say("follow-up.withdrawn")}</StateTag>}
          </li>
        ))}
      </ul>
    </section>
  );
}
