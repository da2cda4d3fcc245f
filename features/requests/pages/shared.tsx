// Records and items as they travel: what they say, whose they are, on what terms; the same here, in previews and in answers.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { HandlingBadge, Link, NameText, Progress, StateTag, useWords } from "@simpul/doors/web";
import type {
  Arrival,
  SharedFields,
  SharedItem,
  SharedKind,
  SharedRecord,
  TravelledItem,
} from "../contract.ts";
import { ItemReports } from "../contract/reports.tsx";
import { GrantLines } from "./terms.tsx";

const fieldsOf = <K extends SharedKind>(record: SharedRecord, kind: K): SharedFields[K] | null =>
  record.kind === kind ? (record.fields as SharedFields[K]) : null;

/** Its name in one line, for lists and for relations between records. */
export function titleOf(record: SharedRecord, all: readonly SharedRecord[] = []): string {
  const of = (id: string): string => {
    const found = all.find((one) => one.id === id);
    return found === undefined ? "…" : titleOf(found);
  };
  switch (record.kind) {
    case "subject": {
      const { names, pseudonym } = record.fields as SharedFields["subject"];
      return names[0]?.text ?? pseudonym ?? "–";
    }
    case "selector":
      return (record.fields as SharedFields["selector"]).canonical;
    case "place":
      return (record.fields as SharedFields["place"]).names[0]?.text ?? "–";
    case "event":
      return (record.fields as SharedFields["event"]).title;
    case "link": {
      const { from, to } = record.fields as SharedFields["link"];
      return `${of(from)} → ${of(to)}`;
    }
  }
}

/** What it says beneath its title. */
function About({ record, all }: { record: SharedRecord; all: readonly SharedRecord[] }): ReactNode {
  const words = useWords();
  const { say } = words;
  const subject = fieldsOf(record, "subject");
  const selector = fieldsOf(record, "selector");
  const place = fieldsOf(record, "place");
  const event = fieldsOf(record, "event");
  const relation = fieldsOf(record, "link");
  const parts: (string | null)[] = [say(`requests.kind.${record.kind}`)];
  if (subject !== null)
    parts.push(
      say(`holder.${subject.role}`),
      subject.birth === null ? null : say("requests.born", { birth: subject.birth }),
      words.list(subject.nationalities.map((one) => words.state(one))),
    );
  if (selector !== null)
    parts.push(
      say(`selector.${selector.type}`),
      say(`holder.${selector.role}`),
      selector.written === selector.canonical ? null : selector.written,
      holderOf(selector.subject, all),
    );
  if (place !== null)
    parts.push(
      words.sayOne([`cases.place.kind.${place.kind}`]) ?? place.kind,
      place.province,
      place.country === "" ? null : words.state(place.country),
      place.position === null
        ? null
        : `${place.position.latitude}, ${place.position.longitude} ± ${words.number(place.position.radius)} m`,
    );
  if (event !== null)
    parts.push(
      words.sayOne([`cases.event.kind.${event.kind}`]) ?? event.kind,
      event.began,
      event.ended,
      holderOf(event.place, all),
      words.list(event.subjects.map((one) => holderOf(one, all)).filter((one) => one !== null)),
    );
  if (relation !== null)
    parts.push(
      words.sayOne([`cases.link.kind.${relation.kind}`]) ?? relation.kind,
      relation.began,
      relation.ended,
    );
  return (
    <Text size="sm" c="dimmed">
      {parts.filter((one) => one !== null && one !== "").join(" · ")}
    </Text>
  );
}

const holderOf = (id: string | null, all: readonly SharedRecord[]): string | null => {
  const found = id === null ? undefined : all.find((one) => one.id === id);
  return found === undefined ? null : titleOf(found);
};

function Title({ record, all }: { record: SharedRecord; all: readonly SharedRecord[] }): ReactNode {
  const subject = fieldsOf(record, "subject");
  const name = (subject ?? fieldsOf(record, "place"))?.names[0];
  if (name !== undefined)
    return (
      <NameText
        text={name.text}
        language={name.language === "und" ? undefined : name.language}
        romanised={name.romanised}
      />
    );
  return <bdi>{titleOf(record, all)}</bdi>;
}

/** `beneath` adds what this page knows besides: what may be done with it, the way to ask. */
export function Records({
  of,
  beneath,
}: {
  of: readonly SharedRecord[];
  beneath?: (record: SharedRecord) => ReactNode;
}): ReactNode {
  const { say, state } = useWords();
  return (
    <Stack gap="xs" component="ul" className="r-cards">
      {of.map((record) => (
        <Card key={record.id} component="li" withBorder padding="sm">
          <Group justify="space-between" align="flex-start" gap="xs">
            <Text fw={600} component="div">
              <Title record={record} all={of} />
            </Text>
            <HandlingBadge
              handling={record.handling}
              evaluation={record.evaluation}
              from={record.originator}
            />
          </Group>
          <About record={record} all={of} />
          <Text size="sm">{say("requests.originator", { state: state(record.originator) })}</Text>
          {record.link !== "" && (
            <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
              {say("requests.link")}: {record.link}
            </Text>
          )}
          <GrantLines grants={record.grants} />
          {beneath?.(record)}
        </Card>
      ))}
    </Stack>
  );
}

export function Items({
  of,
  open,
  beneath,
}: {
  of: readonly (SharedItem & Partial<Pick<TravelledItem, "arrival" | "reports">>)[];
  /** It lies in this node's evidence room once it is sealed. */
  open: boolean;
  beneath?: (item: SharedItem) => ReactNode;
}): ReactNode {
  const { say, state, bytes } = useWords();
  return (
    <Stack gap="xs" component="ul" className="r-cards">
      {of.map((item) => (
        <Card key={item.id} component="li" withBorder padding="sm">
          <Group justify="space-between" align="flex-start" gap="xs">
            <Text fw={600} component="div">
              {open && item.arrival?.state === "sealed" ? (
                <Link to={`/evidence/${item.id}`}>{item.fileName}</Link>
              ) : (
                <bdi>{item.fileName}</bdi>
              )}
            </Text>
            <HandlingBadge handling={item.handling} evaluation={item.evaluation} from={item.originator} />
          </Group>
          <Text size="sm" c="dimmed">
            {say("requests.kind.item")} · {item.mediaType} · {bytes(item.size)}
          </Text>
          <Text size="sm">{say("requests.originator", { state: state(item.originator) })}</Text>
          <Text size="xs" c="dimmed" className="r-digest">
            SHA-256 {item.digest}
          </Text>
          {item.link !== "" && (
            <Text size="sm">
              {say("requests.link")}: {item.link}
            </Text>
          )}
          <GrantLines grants={item.grants} />
          {item.arrival !== undefined &&
            !(item.arrival.state === "sent" && (item.reports ?? []).length > 0) && (
              <ArrivalLine arrival={item.arrival} />
            )}
          <ItemReports of={item.reports ?? []} />
          {beneath?.(item)}
        </Card>
      ))}
    </Stack>
  );
}

function ArrivalLine({ arrival }: { arrival: Arrival }): ReactNode {
  const { say, bytes } = useWords();
  if (arrival.state === "fetching")
    return (
      <Progress
        says={say("requests.arrival.fetching")}
        part={arrival.progress}
        detail={say("requests.arrival.bytes", { done: bytes(arrival.fetched), size: bytes(arrival.size) })}
      />
    );
  return (
    <StateTag tone={arrival.state === "sealed" ? "good" : arrival.state === "refused" ? "bad" : "plain"}>
      {say(`requests.arrival.${arrival.state}`)}
      {arrival.code === null ? "" : ` (${arrival.code})`}
    </StateTag>
  );
}
