// The places of a case: in their own script, with the circle in which they lie.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, ChoiceField, Empty, LinkButton, NumberField, TextField, useWords } from "@simpul/doors/web";
import type { Names, Place } from "../contract.ts";
import { PickOnRegion } from "../contract/pick-on-region.tsx";
import type { Side as Given } from "./case.tsx";
import { useCodes, useRecords } from "./data.tsx";
import { NameFields, asName, noName } from "./names-field.tsx";
import { AddForm } from "./editing.tsx";
import { Conflicts, Marks, MarksFields, NameOf, SourceText, asKept, usualMarks } from "./parts.tsx";

const countries = ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN", "CN", "IN", "HK", "TW"];

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(given.view.number, ["place"]);
  return (
    <Stack gap="md">
      <Add {...given} />
      <Awaited query={query}>
        {({ records, names }) =>
          records.place.length === 0 ? (
            <Empty title={say("cases.places.empty")}>{say("cases.places.empty.text")}</Empty>
          ) : (
            <>
              <Group>
                <LinkButton to={`/cases/${given.view.number}/map`} variant="default">
                  {say("cases.side.map")}
                </LinkButton>
              </Group>
              <PlaceTable places={records.place} names={names} {...given} />
            </>
          )
        }
      </Awaited>
    </Stack>
  );
}

/** How precise a position is, in words: the circle, not a pin. */
export function usePositionText(): (place: Place) => string {
  const { say, number } = useWords();
  return ({ position }) =>
    position === null
      ? say("cases.place.nowhere")
      : say("cases.place.circle", {
          latitude: position.latitude.toFixed(3),
          longitude: position.longitude.toFixed(3),
          radius:
            position.radius >= 1000
              ? `${number(Math.round(position.radius / 100) / 10)} km`
              : `${number(position.radius)} m`,
        });
}

export function PlaceTable({
  places,
  names,
  acts,
  may,
}: Given & { places: readonly Place[]; names: Names }): ReactNode {
  const { say, state } = useWords();
  const positionText = usePositionText();
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("cases.side.places")}>
      <Table className="s-table" aria-label={say("cases.side.places")}>
        <Table.Thead>
          <Table.Tr>
            {[
              "name",
              "place.kind",
              "place.where",
              "place.position",
              "selectors.source",
              "selectors.marks",
            ].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`cases.${one}`)}
              </Table.Th>
            ))}
            <Table.Th className="s-noprint" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {places.map((place) => (
            <Table.Tr key={place.id}>
              <Table.Td data-main data-label={say("cases.name")}>
                <NameOf of={place} />
                {place.note !== "" && <Text size="xs">{place.note}</Text>}
                <Conflicts kind="place" of={place} names={names} acts={acts} may={may("case.edit")} />
              </Table.Td>
              <Table.Td data-label={say("cases.place.kind")}>
                {say(`cases.place.kind.${place.kind}`)}
              </Table.Td>
              <Table.Td data-label={say("cases.place.where")}>
                {[place.province, state(place.country)].filter((one) => one !== "").join(", ")}
              </Table.Td>
              <Table.Td data-label={say("cases.place.position")}>{positionText(place)}</Table.Td>
              <Table.Td data-label={say("cases.selectors.source")}>
                <SourceText source={place.source} />
              </Table.Td>
              <Table.Td data-label={say("cases.selectors.marks")}>
                <Marks of={place} />
              </Table.Td>
              <Table.Td className="s-noprint">
                {may("case.edit") && (
                  <Button size="compact-xs" variant="subtle" onClick={() => acts.remove("place", place.id)}>
                    {say("cases.remove")}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Add({ acts, may }: Given): ReactNode {
  const { say, state } = useWords();
  const codes = useCodes();
  const [name, setName] = useState(noName);
  const [kind, setKind] = useState<string | null>(null);
  const [country, setCountry] = useState<string | null>(null);
  const [province, setProvince] = useState("");
  const [latitude, setLatitude] = useState<number | null>(null);
  const [longitude, setLongitude] = useState<number | null>(null);
  const [kilometres, setKilometres] = useState<number | null>(10);
  const [marks, setMarks] = useState(usualMarks);
  return (
    <AddForm
      label={say("cases.places.add")}
      may={may("case.edit")}
      onSend={async () => {
        const radius = Math.max(1, Math.round((kilometres ?? 10) * 1000));
        await acts.add("place", {
          fields: {
            names: [asName(name)],
            kind: kind ?? "",
            country: country ?? "",
            province,
            position: latitude !== null && longitude !== null ? { latitude, longitude, radius } : null,
          },
          ...asKept(marks),
        });
        setName(noName);
      }}
    >
      <NameFields value={name} onChange={setName} />
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.place.kind")}
          required
          value={kind}
          choices={(codes.data?.cases.places ?? []).map((one) => ({
            value: one,
            label: say(`cases.place.kind.${one}`),
          }))}
          onChange={setKind}
        />
        <ChoiceField
          label={say("cases.place.country")}
          required
          value={country}
          choices={countries.map((one) => ({ value: one, label: state(one) }))}
          onChange={setCountry}
        />
        <TextField label={say("cases.place.province")} value={province} onChange={setProvince} />
      </Group>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <NumberField
          label={say("cases.place.latitude")}
          min={-90}
          max={90}
          value={latitude}
          onChange={setLatitude}
        />
        <NumberField
          label={say("cases.place.longitude")}
          min={-180}
          max={180}
          value={longitude}
          onChange={setLongitude}
        />
        <NumberField
          label={say("cases.place.radius")}
          min={0}
          max={2000}
          value={kilometres}
          onChange={setKilometres}
        />
      </Group>
      <PickOnRegion
        at={latitude !== null && longitude !== null ? { latitude, longitude } : null}
        onPick={(to) => {
          setLatitude(to.latitude);
          setLongitude(to.longitude);
        }}
      />
      <MarksFields value={marks} onChange={setMarks} />
    </AddForm>
  );
}
