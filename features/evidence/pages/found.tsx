// What was found, each value once: its type, canonical form, doubt in words, how often, and what was decided.
import { Checkbox, Text, UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import type { Finding, FindingGroup, FoundValues, ItemView } from "../contract.ts";

/** The same value wherever it stands; a finding and its group have the same key. */
export const keyOf = (one: Pick<Finding, "type" | "canonical" | "valid">): string =>
  `${one.type} ${String(one.valid)} ${one.canonical}`;

export function Found({
  item,
  values,
  hand,
  chosen,
  may,
  onHand,
  onFlip,
}: {
  item: ItemView;
  values: FoundValues;
  hand: number;
  chosen: ReadonlySet<string>;
  may: boolean;
  onHand: (index: number) => void;
  onFlip: (one: FindingGroup) => void;
}): ReactNode {
  const { say, number } = useWords();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-hand=true]")?.scrollIntoView({ block: "nearest" });
  }, [hand]);
  if (values.open + values.decided === 0)
    return (
      <Text size="sm" py="md">
        {say(item.reading.detection === "done" ? "evidence.found.none" : "evidence.reading.searching")}
      </Text>
    );
  if (values.findings.length === 0)
    return (
      <Text size="sm" py="md">
        {say("evidence.found.nothing")}
      </Text>
    );
  return (
    <ul className="e-values" ref={list}>
      {values.findings.map((one, index) => (
        <li key={keyOf(one)} data-hand={index === hand}>
          {may && (
            <Checkbox
              size="xs"
              aria-label={say("web.table.choose", { name: one.canonical })}
              checked={chosen.has(keyOf(one))}
              onChange={() => onFlip(one)}
            />
          )}
          <UnstyledButton
            className="e-value"
            aria-current={index === hand ? "true" : undefined}
            onClick={() => onHand(index)}
          >
            <span className="e-value-head">
              <bdi>{one.canonical}</bdi>
              <span className="e-times">{one.times > 1 ? `×${number(one.times)}` : ""}</span>
            </span>
            <span className="e-value-more">
              {say(`selector.${one.type}`)}
              {one.written !== one.canonical && (
                <>
                  {" · "}
                  <bdi>{one.written}</bdi>
                </>
              )}
              {one.doubt !== null && ` · ${say(`evidence.doubt.${one.doubt}`)}`}
            </span>
          </UnstyledButton>
          <Decided one={one} />
        </li>
      ))}
    </ul>
  );
}

/** What was decided, in words: whose it is, corrected, rejected; or that it cannot be a selector. */
function Decided({ one }: { one: FindingGroup }): ReactNode {
  const { say, list } = useWords();
  const decided = one.states.filter((state) => state !== "candidate");
  if (decided.length === 0)
    return one.valid ? null : <StateTag tone="waiting">{say("evidence.invalid")}</StateTag>;
  if (decided.length === 1 && decided[0] === "rejected")
    return <StateTag>{say("evidence.state.rejected")}</StateTag>;
  return (
    <StateTag tone="good">
      {one.roles.length > 0
        ? list(one.roles.map((role) => say(`holder.${role}`)))
        : say("evidence.state.confirmed")}
    </StateTag>
  );
}
