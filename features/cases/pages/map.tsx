// The map of a case: the region without a foreign server, sites as circles of their precision, and the same as a table.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Empty, SidePeek, useAddressValue, useWords } from "@simpul/doors/web";
import type { Names, Records } from "../contract.ts";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { PlaceMap } from "../contract/map-picture.tsx";
import { Marks, NameOf, SourceText } from "./parts.tsx";
import { PlaceTable, usePositionText } from "./places.tsx";

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(given.view.number, ["place", "event", "subject"]);
  return (
    <Awaited query={query}>
      {({ records, names }) =>
        records.place.length === 0 ? (
          <Empty title={say("cases.places.empty")}>{say("cases.places.empty.text")}</Empty>
        ) : (
          <Body records={records} names={names} {...given} />
        )
      }
    </Awaited>
  );
}

function Body({ records, names, ...given }: Given & { records: Records; names: Names }): ReactNode {
  const { say } = useWords();
  const positionText = usePositionText();
  const [at, go] = useAddressValue("at");
  const places = records.place;
  const shown = places.find((one) => one.id === at);
  return (
    <Stack gap="md">
      <div className="s-list" data-peek={shown !== undefined}>
        <div className="s-list-main">
          <PlaceMap
            places={places}
            events={records.event}
            subjects={records.subject}
            shown={at}
            onShow={go}
          />
        </div>
        {shown !== undefined && (
          <SidePeek title={<NameOf of={shown} />} onClose={() => go("")}>
            <Stack gap="xs">
              <Text size="sm">{say(`cases.place.kind.${shown.kind}`)}</Text>
              <Text size="sm">{positionText(shown)}</Text>
              <Text size="sm" component="div">
                <SourceText source={shown.source} />
              </Text>
              <Marks of={shown} />
            </Stack>
          </SidePeek>
        )}
      </div>
      <PlaceTable places={places} names={names} {...given} />
    </Stack>
  );
}
