// The map of a case: the region without a foreign server, sites as circles of their precision, and the same as a table.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, Empty, SidePeek, useAddressValue, useWords } from "@simpul/doors/web";
import type { Names, Records } from "../contract.ts";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { around, circleOf, legsOf, wholeRegion } from "./map-model.ts";
import type { Box } from "./map-model.ts";
import { MapPicture } from "./map-picture.tsx";
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
  const circles = places.flatMap((place) => {
    const circle = circleOf(place);
    return circle === null ? [] : [{ place, ...circle }];
  });
  const legs = legsOf(records.event, records.subject, places);
  const [box, setBox] = useState<Box>(() => around(circles) ?? wholeRegion);
  const shown = places.find((one) => one.id === at);
  const zoom = (by: number): void =>
    setBox({
      x: box.x + (box.width * (1 - by)) / 2,
      y: box.y + (box.height * (1 - by)) / 2,
      width: box.width * by,
      height: box.height * by,
    });
  return (
    <Stack gap="md">
      <Group gap="xs" className="s-noprint">
        <Button size="compact-sm" variant="default" onClick={() => zoom(0.6)}>
          {say("cases.map.nearer")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => zoom(1 / 0.6)}>
          {say("cases.map.farther")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setBox(wholeRegion)}>
          {say("cases.map.region")}
        </Button>
      </Group>
      <div className="s-list" data-peek={shown !== undefined}>
        <div className="s-list-main">
          <MapPicture circles={circles} legs={legs} box={box} onBox={setBox} shown={at} onShow={go} />
          <Text size="xs" c="dimmed">
            {legs.length > 0 && `${say("cases.map.legs")} `}
            {say("cases.map.source")}
          </Text>
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
