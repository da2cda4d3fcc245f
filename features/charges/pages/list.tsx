// All charges that she may see: who, for what, how each stands, and the court's next day.
import { Anchor, Group, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ChargeHead } from "../contract.ts";
import { nameOf, State } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["charge"]);
  const [of, setOf] = useAddressValue("case", "");
  const query = useQuery({
    queryKey: ["charge"],
    queryFn: ({ signal }) => api.get<{ charges: ChargeHead[] }>("/api/charges", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("charges.room")}
        {...(of === "" ? {} : { back: { to: `/cases/${of}`, label: of } })}
        act={
          <LinkButton to={of === "" ? "/charges/new" : `/charges/new?case=${of}`}>
            {say("charges.new")}
          </LinkButton>
        }
      />
      <Stack gap="md">
        <Group gap="md">
          <Link to="/charges/outcomes">{say("charges.outcomes")}</Link>
          <Link to="/charges/gaps">{say("charges.gapsOfLaw")}</Link>
          <Link to="/offences">{say("charges.law")}</Link>
        </Group>
        {of !== "" && (
          <Text size="sm">
            {say("charges.ofCase", { case: of })}{" "}
            <Anchor component="button" type="button" inherit onClick={() => setOf("")}>
              {say("charges.all")}
            </Anchor>
          </Text>
        )}
        <Awaited query={query}>
          {({ charges }) => <Rows of={charges.filter((one) => of === "" || one.case.number === of)} />}
        </Awaited>
      </Stack>
    </>
  );
}

function Rows({ of }: { of: readonly ChargeHead[] }): ReactNode {
  const { say, date, list } = useWords();
  if (of.length === 0) return <Empty title={say("charges.empty")}>{say("charges.empty.text")}</Empty>;
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("charges.room")}>
      <Table className="s-table" aria-label={say("charges.room")}>
        <Table.Thead>
          <Table.Tr>
            {["name", "offences", "state", "next", "case"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`charges.column.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td data-main data-label={say("charges.column.name")} className="s-long">
                <Link to={`/charges/${one.id}`}>{nameOf(one.name)}</Link>
              </Table.Td>
              <Table.Td data-label={say("charges.column.offences")}>
                {list(one.offences.map((each) => say(`offences.kind.${each}`)))}
              </Table.Td>
              <Table.Td data-label={say("charges.column.state")}>
                <State of={one} />
              </Table.Td>
              <Table.Td data-label={say("charges.column.next")}>
                {one.next === null ? "–" : `${say(`charges.event.${one.next.event}`)}, ${date(one.next.on)}`}
              </Table.Td>
              <Table.Td data-label={say("charges.column.case")}>
                <Link to={`/cases/${one.case.number}`}>{one.case.number}</Link>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
