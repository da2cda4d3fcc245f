// The text beside what was found in it; the officer decides whose each value is, by keys or by hand.
import { Button, Drawer, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ReactNode, RefObject } from "react";
import { Awaited, narrow, useAddressValue, useKeys, useWords } from "@simpul/doors/web";
import { holderRoles, selectorTypes, type SelectorType } from "@simpul/model";
import type { FindingGroup, FindingStage, FoundValues, ItemView } from "../contract.ts";
import { Decide } from "./decide.tsx";
import { useDecide, useFound, usePlacesOf } from "./data.ts";
import { Found, keyOf } from "./found.tsx";
import { Reading, type Aim } from "./text.tsx";

const page = 200;

export function Read({ item }: { item: ItemView }): ReactNode {
  const { say } = useWords();
  const phone = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const [stage, setStage] = useAddressValue("stage");
  const [type, setType] = useAddressValue("type");
  const [part, setPart] = useAddressValue("part");
  const [side, setSide] = useState<"text" | "found">("text");
  const [limit, setLimit] = useState(page);
  const [hand, setHand] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const [aim, setAim] = useState<Aim>({ part: part === "" ? null : Number(part), asked: 0 });
  const [edition, setEdition] = useState(0);
  const found = useFound(item.id, {
    stage: stage as FindingStage | "",
    type: type as SelectorType | "",
    limit,
  });
  const groups = useMemo(() => found.data?.findings ?? [], [found.data]);
  const at = Math.min(hand, Math.max(0, groups.length - 1));
  const inHand = groups[at];
  const picked = groups.filter((one) => chosen.has(keyOf(one)));
  const of = picked.length > 0 ? picked : inHand === undefined ? [] : [inHand];
  const places = usePlacesOf(item.id, inHand?.id);
  const { decide, undoLast } = useDecide(item.id, () => setEdition((now) => now + 1));
  const may = item.may.confirm;
  const beside = useRoomBelow();

  const show = (number: number): void => setAim(({ asked }) => ({ part: number, asked: asked + 1 }));
  function hold(index: number): void {
    const next = Math.max(0, Math.min(groups.length - 1, index));
    setHand(next);
    setCorrecting(false);
    const group = groups[next];
    if (group !== undefined) show(group.part);
  }
  /** The next value is in hand at once, so that a slow line calls nobody back; an open list lets the decided one go. */
  async function act(...ask: Parameters<typeof decide>): Promise<void> {
    if (picked.length === 0 && stage !== "open") hold(at + 1);
    if (!(await decide(...ask))) return;
    setChosen(new Set());
    if (phone) setDeciding(false);
  }
  const pick = useCallback(
    (key: string) => {
      const index = groups.findIndex((one) => keyOf(one) === key);
      if (index < 0) return;
      setHand(index);
      setCorrecting(false);
      if (phone) setDeciding(true);
    },
    [groups, phone],
  );
  const confirmable = of.length > 0 && of.every((one) => one.valid);
  useKeys([
    { keys: "j", says: say("evidence.key.next"), do: () => hold(at + 1) },
    { keys: "k", says: say("evidence.key.before"), do: () => hold(at - 1) },
    ...(may
      ? [
          ...holderRoles.map((role, index) => ({
            keys: String(index + 1),
            says: say("evidence.key.whose", { role: say(`holder.${role}`) }),
            do: () => confirmable && void act(of, { decision: "confirm", role }),
          })),
          {
            keys: "x",
            says: say("evidence.key.reject"),
            do: () => of.length > 0 && void act(of, { decision: "reject" }),
          },
          {
            keys: "c",
            says: say("evidence.key.correct"),
            do: () => {
              if (inHand === undefined || picked.length > 1) return;
              setCorrecting(true);
              if (phone) setDeciding(true);
            },
          },
          { keys: "u", says: say("evidence.key.undo"), do: undoLast },
          {
            keys: "m",
            says: say("evidence.key.choose"),
            do: () => inHand !== undefined && flip(inHand),
          },
        ]
      : []),
  ]);
  function flip(one: FindingGroup): void {
    const next = new Set(chosen);
    if (!next.delete(keyOf(one))) next.add(keyOf(one));
    setChosen(next);
  }

  const text = (
    <Reading
      item={item}
      aim={aim}
      edition={edition}
      groups={groups}
      hand={inHand === undefined ? null : keyOf(inHand)}
      onPick={pick}
      onAt={(number) => {
        // Whoever is on her way to another page is not called back.
        if (window.location.pathname === `/evidence/${item.id}`) setPart(number === 0 ? "" : String(number));
      }}
    />
  );
  const list = (
    <section className="e-found" aria-label={say("evidence.found")}>
      <Filters found={found.data} stage={stage} type={type} onStage={setStage} onType={setType} />
      <Awaited query={found}>
        {(values) => (
          <>
            <Found
              item={item}
              values={values}
              hand={at}
              chosen={chosen}
              may={may}
              onHand={(index) => {
                hold(index);
                if (phone) setDeciding(true);
              }}
              onFlip={flip}
            />
            {values.findings.length < values.total && (
              <Button variant="default" size="compact-sm" onClick={() => setLimit((now) => now + page)}>
                {say("evidence.found.more", { count: values.total - values.findings.length })}
              </Button>
            )}
          </>
        )}
      </Awaited>
    </section>
  );
  const panel = of.length > 0 && (
    <Decide
      of={of}
      places={picked.length > 1 ? [] : (places.data?.places ?? [])}
      may={may}
      correcting={correcting}
      onCorrecting={setCorrecting}
      onDecide={act}
      onShow={(number) => {
        show(number);
        if (phone) {
          setDeciding(false);
          setSide("text");
        }
      }}
      onNone={() => setChosen(new Set())}
    />
  );

  if (phone)
    return (
      <>
        <SegmentedControl
          fullWidth
          mb="sm"
          value={side}
          onChange={(value) => setSide(value === "found" ? "found" : "text")}
          data={[
            { value: "text", label: say("evidence.side.text") },
            { value: "found", label: say("evidence.side.found", { count: found.data?.open ?? 0 }) },
          ]}
        />
        {side === "text" ? text : list}
        <Drawer
          opened={deciding && of.length > 0}
          onClose={() => setDeciding(false)}
          position="bottom"
          size="min(36rem, 85dvh)"
          title={say(may ? "evidence.whose" : "evidence.found")}
          closeButtonProps={{ "aria-label": say("web.close") }}
        >
          {panel}
        </Drawer>
        {picked.length > 0 && (
          <Group className="s-acts">
            <Button onClick={() => setDeciding(true)}>
              {say("evidence.decide.these", { count: picked.length })}
            </Button>
          </Group>
        )}
      </>
    );
  return (
    <div className="e-beside" ref={beside}>
      {text}
      <div className="e-right">
        {list}
        {panel}
      </div>
    </div>
  );
}

/** Lets the two columns fill what the window leaves below the head of the page. */
function useRoomBelow(): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const measure = (): void => {
      const { current } = place;
      if (current === null) return;
      const above = current.getBoundingClientRect().top + window.scrollY;
      current.style.setProperty("--e-above", `${Math.round(above)}px`);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  });
  return place;
}

function Filters({
  found,
  stage,
  type,
  onStage,
  onType,
}: {
  found: FoundValues | undefined;
  stage: string;
  type: string;
  onStage: (value: string) => void;
  onType: (value: string) => void;
}): ReactNode {
  const { say } = useWords();
  const counts = { open: found?.open ?? 0, decided: found?.decided ?? 0 };
  return (
    <Group gap="xs" mb="xs" className="s-noprint">
      <SegmentedControl
        size="xs"
        aria-label={say("evidence.found.stage")}
        value={stage}
        onChange={onStage}
        data={[
          { value: "", label: say("evidence.found.all", { count: counts.open + counts.decided }) },
          { value: "open", label: say("evidence.found.open", { count: counts.open }) },
          { value: "decided", label: say("evidence.found.decided", { count: counts.decided }) },
        ]}
      />
      <Select
        size="xs"
        w="9rem"
        aria-label={say("evidence.found.type")}
        placeholder={say("evidence.found.type")}
        clearable
        clearButtonProps={{ "aria-label": say("web.table.clear", { name: say("evidence.found.type") }) }}
        data={selectorTypes.map((one) => ({ value: one, label: say(`selector.${one}`) }))}
        value={type === "" ? null : type}
        onChange={(value) => onType(value ?? "")}
      />
      {counts.decided === 0 && counts.open > 0 && (
        <Text size="xs" c="dimmed">
          {say("evidence.nothing.by.itself")}
        </Text>
      )}
    </Group>
  );
}
