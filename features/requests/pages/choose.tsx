// Choosing what of a case is put before another state: each with why, with its terms and grade; what may not go says why.
import { Button, Checkbox, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, HandlingBadge, LongTextField, TextField, useWords } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import { linkSays } from "../../cases/contract.ts";
import { sharedKinds } from "../contract.ts";
import type { Choice, Chosen } from "../contract.ts";
import { useChoices } from "./data.ts";
import { Marks } from "./paragraphs.tsx";
import { AskForAll, StopLine, mayOverride } from "./stops.tsx";
import { GrantFields, usualHandling, usualTicks } from "./terms.tsx";

type Change = (chosen: { records?: Chosen[]; items?: Chosen[] }) => void;
export interface ChooseProps {
  caseRef: string;
  to: readonly string[];
  records: readonly Chosen[];
  items: readonly Chosen[];
  onChange: Change;
  confirmed: boolean;
  onConfirm: (value: boolean) => void;
  /** HC-3: only an answer grants in the same step. */
  grants?: { to: string; states: readonly string[] };
}

export function Choose(props: ChooseProps): ReactNode {
  const { say } = useWords();
  const query = useChoices(props.caseRef, props.to);
  const [text, setText] = useState("");
  const [all, setAll] = useState(false);
  const has = (choice: Choice): boolean =>
    text === "" || `${choice.title} ${choice.about}`.toLocaleLowerCase().includes(text.toLocaleLowerCase());
  return (
    <Awaited query={query}>
      {({ records, items }) => {
        const found = [...records, ...items].filter(has);
        const chosenIds = new Set([...props.records, ...props.items].map((one) => one.id as string));
        // A long case is cut to what fits a look; what is chosen never disappears.
        const few = all || text !== "" ? found : found.filter((one, at) => at < 30 || chosenIds.has(one.id));
        const kinds = [...sharedKinds, "item" as const].filter((kind) =>
          few.some((one) => one.kind === kind),
        );
        return (
          <Stack gap="md">
            {records.length + items.length === 0 && <Text>{say("requests.choose.none")}</Text>}
            {records.length + items.length > 8 && (
              <TextField
                label={say("requests.choose.find")}
                kind="search"
                value={text}
                onChange={setText}
                maxLength={100}
              />
            )}
            <AskForAll
              stops={[...records, ...items].flatMap((one) => (one.stop === null ? [] : [one.stop]))}
              caseRef={props.caseRef}
            />
            {kinds.map((kind) => (
              <section key={kind} aria-label={say(`requests.kinds.${kind}`)}>
                <Title order={3} size="h6" mb={4}>
                  {say(`requests.kinds.${kind}`)}
                </Title>
                <Stack gap="xs">
                  {few
                    .filter((one) => one.kind === kind)
                    .map((choice) => (
                      <One key={choice.id} choice={choice} {...props} />
                    ))}
                </Stack>
              </section>
            ))}
            {few.length < found.length && (
              <Group>
                <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>
                  {say("requests.choose.all", { count: found.length })}
                </Button>
              </Group>
            )}
          </Stack>
        );
      }}
    </Awaited>
  );
}

function One({ choice, ...props }: ChooseProps & { choice: Choice }): ReactNode {
  const { say, state } = useWords();
  const { title, about } = useAbout()(choice);
  const list = choice.kind === "item" ? "items" : "records";
  const chosen = props[list].find((one) => one.id === choice.id);
  const put = (next: Chosen | null): void => {
    const rest = props[list].filter((one) => one.id !== choice.id);
    props.onChange({ [list]: next === null ? rest : [...rest, next] });
  };
  const first = (): Chosen => ({
    id: choice.id,
    handling: choice.foreign ? choice.handling : usualHandling(),
    evaluation: choice.evaluation,
    link: say("requests.link.usual", { about: about === "" ? title : about }),
    ...(props.grants !== undefined && !choice.foreign ? { grants: usualTicks } : {}),
  });
  // What the originator's terms stop cannot be ticked; it says why, and the way out stands beside it.
  const stopped = choice.stop !== null && chosen === undefined;
  // HC-9: towards one state, in a request of ours; what she puts in so still waits for its reason and second officer.
  const overridable = stopped && mayOverride(choice.stop, props.to) && props.grants === undefined;
  return (
    <div className="r-choice" data-chosen={chosen !== undefined}>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <Checkbox
          label={<bdi>{title}</bdi>}
          description={[
            about,
            choice.foreign ? say("requests.originator", { state: state(choice.originator) }) : "",
          ]
            .filter((one) => one !== "")
            .join(" · ")}
          checked={chosen !== undefined}
          disabled={stopped}
          onChange={(event) => put(event.currentTarget.checked ? first() : null)}
        />
        <HandlingBadge
          handling={chosen?.handling ?? (choice.foreign ? choice.handling : usualHandling())}
          evaluation={chosen?.evaluation ?? choice.evaluation}
          from={choice.originator}
        />
      </Group>
      {choice.stop !== null && <StopLine stop={choice.stop} caseRef={props.caseRef} record={choice.id} />}
      {overridable && (
        <Group mt="xs">
          <Button size="compact-sm" variant="default" onClick={() => put(first())}>
            {say("requests.override.put")}
          </Button>
        </Group>
      )}
      {chosen !== undefined && (
        <Stack gap="xs" pl="lg" mt="xs">
          <LongTextField
            label={say("requests.link")}
            rows={1}
            maxLength={2000}
            value={chosen.link}
            onChange={(link) => put({ ...chosen, link })}
          />
          {choice.foreign ? (
            <Text size="sm">{say("requests.choose.foreign", { state: state(choice.originator) })}</Text>
          ) : (
            <Marks
              of={chosen}
              onChange={(change) => put({ ...chosen, ...change })}
              confirmed={props.confirmed}
              onConfirm={props.onConfirm}
            />
          )}
          {props.grants !== undefined && !choice.foreign && (
            <GrantFields
              value={chosen.grants ?? usualTicks}
              onChange={(grants) => put({ ...chosen, grants })}
              to={props.grants.to}
              states={props.grants.states}
            />
          )}
        </Stack>
      )}
    </div>
  );
}

/** The word beneath a choice, from its code: whose or what role, what kind of thing. */
export function useAbout(): (choice: Pick<Choice, "kind" | "about" | "title" | "ends">) => {
  title: string;
  about: string;
} {
  const words = useWords();
  return ({ ends, ...of }) => {
    const { title, about } = aboutIn(words, of);
    // Beneath stays the bare word: it goes into what leaves the state, and whom it links need not.
    return ends === undefined ? { title, about } : { title: linkSays(words, of.title, ends), about: title };
  };
}
const wordsOf: Readonly<Record<Choice["kind"], string>> = {
  subject: "holder",
  selector: "selector",
  place: "cases.place.kind",
  event: "cases.event.kind",
  link: "cases.link.kind",
  item: "requests.media",
};
export function aboutIn(
  words: Pick<Words, "sayOne">,
  { kind, about, title }: Pick<Choice, "kind" | "about" | "title">,
): { title: string; about: string } {
  const word = words.sayOne([`${wordsOf[kind]}.${about}`]) ?? about;
  return kind === "link" ? { title: word, about: title === about ? "" : title } : { title, about: word };
}

/** HC-3: whether anything chosen is free of terms, which takes its own confirming tick. */
export const anyH0 = (of: readonly { handling: Chosen["handling"] }[]): boolean =>
  of.some((one) => one.handling.codes.includes("H0"));

/** Chosen things as the check page lists them. */
export function ChosenList({
  caseRef,
  to,
  records,
  items,
}: Pick<ChooseProps, "caseRef" | "to" | "records" | "items">): ReactNode {
  const { say, state } = useWords();
  const aboutOf = useAbout();
  const query = useChoices(caseRef, to);
  const all = [...(query.data?.records ?? []), ...(query.data?.items ?? [])];
  const chosen = [...records, ...items];
  if (chosen.length === 0) return say("requests.choose.nothing");
  return (
    <ul className="r-plain">
      {chosen.map((one) => {
        const known = all.find((choice) => choice.id === one.id);
        return (
          <li key={one.id}>
            <bdi>{known === undefined ? "…" : aboutOf(known).title}</bdi>{" "}
            <HandlingBadge
              handling={one.handling}
              evaluation={one.evaluation}
              {...(known === undefined ? {} : { from: known.originator })}
            />
            {one.grants?.case === true && ` · ${say("requests.grants.case")}`}
            {one.grants?.court === true && ` · ${say("requests.grants.court")}`}
            {(one.grants?.recipients.length ?? 0) > 0 &&
              ` · ${one.grants!.recipients.map((code) => state(code)).join(", ")}`}
          </li>
        );
      })}
    </ul>
  );
}
