// Whose is it? One choice with what follows from it (HIT-1); or it is something else, or nothing.
import { Button, Group, Kbd, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { fetched, Loading, useWords } from "@simpul/doors/web";
import { holderRoles, sharedRoles, type HolderRole } from "@simpul/model";
import type { AskDecide, FindingGroup, FindingPlace } from "../contract.ts";

/** Brings the published profiles along, which are large: loaded when somebody corrects. */
const Correct = fetched(async () => (await import("./correct.tsx")).Correct, Loading);

export function Decide({
  of,
  places,
  may,
  correcting,
  onCorrecting,
  onDecide,
  onShow,
  onNone,
}: {
  of: readonly FindingGroup[];
  places: readonly FindingPlace[];
  may: boolean;
  correcting: boolean;
  onCorrecting: (on: boolean) => void;
  onDecide: (
    of: readonly FindingGroup[],
    ask: Pick<AskDecide, "decision" | "correction"> & { role?: HolderRole },
  ) => Promise<void>;
  onShow: (part: number) => void;
  onNone: () => void;
}): ReactNode {
  const { say } = useWords();
  const one = of[0]!;
  const several = of.length > 1;
  const sound = of.every((each) => each.valid);
  const decided = of.some((each) => each.states.some((state) => state !== "candidate"));
  const whose = !several && one.roles.length === 1 ? one.roles[0] : null;
  return (
    <section className="e-decide" aria-label={say("evidence.whose")}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text fw={600} component="div">
          {several ? say("evidence.values", { count: of.length }) : <bdi>{one.canonical}</bdi>}
        </Text>
        {several ? (
          <Button size="compact-xs" variant="subtle" onClick={onNone}>
            {say("web.table.chooseNone")}
          </Button>
        ) : (
          <Places key={one.id} places={places} first={one.part} onShow={onShow} />
        )}
      </Group>
      {!several && one.doubt !== null && <Text size="sm">{say(`evidence.doubt.${one.doubt}.long`)}</Text>}
      {may && !correcting && (
        <>
          {sound ? (
            <div className="e-roles" role="group" aria-label={say("evidence.whose")}>
              {holderRoles.map((role, index) => (
                <UnstyledButton
                  key={role}
                  className="e-role"
                  data-shared={sharedRoles.includes(role)}
                  aria-pressed={whose === role}
                  onClick={() => void onDecide(of, { decision: "confirm", role })}
                >
                  <Kbd size="xs" aria-hidden="true">
                    {index + 1}
                  </Kbd>
                  <span>
                    <b>{say(`holder.${role}`)}</b>
                    <small>{say(`evidence.whose.${role}`)}</small>
                  </span>
                </UnstyledButton>
              ))}
            </div>
          ) : (
            <Text size="sm">{say("evidence.invalid.text")}</Text>
          )}
          <Group gap="xs">
            {!several && (
              <Button size="compact-sm" variant="default" onClick={() => onCorrecting(true)}>
                {say("evidence.correct")}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void onDecide(of, { decision: "reject" })}
            >
              {say("evidence.reject")}
            </Button>
            {decided && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => void onDecide(of, { decision: "reopen" })}
              >
                {say("evidence.reopen")}
              </Button>
            )}
          </Group>
        </>
      )}
      {may && correcting && !several && (
        <Correct
          key={one.id}
          of={one}
          onCancel={() => onCorrecting(false)}
          onSend={(correction, role) => onDecide([one], { decision: "correct", correction, role })}
        />
      )}
    </section>
  );
}

/** Goes through the places where a value stands. */
function Places({
  places,
  first,
  onShow,
}: {
  places: readonly FindingPlace[];
  first: number;
  onShow: (part: number) => void;
}): ReactNode {
  const { say, number } = useWords();
  const [at, setAt] = useState(0);
  const step = (by: number): void => {
    const next = (at + by + places.length) % places.length;
    setAt(next);
    onShow(places[next]!.part);
  };
  if (places.length < 2)
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => onShow(places[0]?.part ?? first)}>
        {say("evidence.place.show")}
      </Button>
    );
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-xs"
        variant="default"
        aria-label={say("evidence.place.before")}
        onClick={() => step(-1)}
      >
        ‹
      </Button>
      <Text size="xs" className="s-time">
        {say("evidence.place.at", { at: number(at + 1), count: number(places.length) })}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={say("evidence.place.next")}
        onClick={() => step(1)}
      >
        ›
      </Button>
    </Group>
  );
}
