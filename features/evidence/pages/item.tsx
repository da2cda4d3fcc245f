// An item: its text beside what was found in it, and the story of its custody.
import { Alert, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  HandlingBadge,
  Link,
  PageHead,
  RestsTag,
  Shield,
  StateTag,
  Tabs,
  useLive,
  useParam,
  useWords,
} from "@simpul/doors/web";
import type { ItemView } from "../contract.ts";
import { Custody } from "./custody.tsx";
import { useItem } from "./data.ts";
import { IntoCase } from "./into-case.tsx";
import { Picture } from "./picture.tsx";
import { Read } from "./read.tsx";
import { ReadingState } from "./reading-state.tsx";
import "./evidence.css";

export function Page(): ReactNode {
  const query = useItem(useParam("item"));
  useLive(["item"]);
  return (
    <Awaited query={query} back="/evidence">
      {(item) => <Item item={item} />}
    </Awaited>
  );
}

function Item({ item }: { item: ItemView }): ReactNode {
  const { say, state, time } = useWords();
  return (
    <>
      <PageHead
        title={item.fileName}
        windowTitle={say("evidence.room")}
        back={
          item.caseNumber === null
            ? { to: "/evidence", label: say("evidence.room") }
            : {
                to: `/evidence?case=${item.caseNumber}`,
                label: `${say("evidence.room")} · ${item.caseNumber}`,
              }
        }
        marks={
          <>
            <HandlingBadge handling={item.handling} evaluation={item.evaluation} />
            <RestsTag of={item.rests} />
            <Shield state={{ kind: "sealed" }} to={`/evidence/${item.id}?tab=custody`} />
            {item.caseNumber === null ? (
              <StateTag tone="waiting">{say("evidence.loose")}</StateTag>
            ) : (
              <Text size="sm" component="span">
                <Link to={`/cases/${item.caseNumber}`}>{item.caseNumber}</Link>
              </Text>
            )}
          </>
        }
        act={<IntoCase item={item} />}
      />
      {item.doubt !== null && (
        <Alert variant="default" title={say("evidence.doubt.title")} role="status" mb="md">
          <Text size="sm" maw="44rem">
            {say("evidence.doubt.text", { state: state(item.doubt.state), since: time(item.doubt.since) })}
          </Text>
        </Alert>
      )}
      <Tabs
        label={say("evidence.sides")}
        tabs={[
          {
            id: "read",
            label: say("evidence.side.read"),
            body: (
              <>
                <ReadingState item={item} />
                {item.reading.kind === "image" && item.state === "sealed" && <Picture item={item} />}
                {item.reading.state === "ready" && item.state === "sealed" && <Read item={item} />}
              </>
            ),
          },
          { id: "custody", label: say("evidence.side.custody"), body: <Custody item={item} /> },
        ]}
      />
    </>
  );
}
