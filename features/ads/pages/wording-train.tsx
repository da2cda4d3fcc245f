// Asking for a model: which labelled sets it learns from, and whether from the officers' own decisions.
import { Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { TickField, useWords } from "@simpul/doors/web";
import { wordingLimits } from "../contract.ts";
import type { WordingView } from "../contract.ts";
import { Form, useCall } from "./form.tsx";

export function Train({ view, close }: { view: WordingView; close: () => void }): ReactNode {
  const { say } = useWords();
  const ready = view.sets.filter((one) => one.state === "ready");
  const [left, setLeft] = useState<string[]>([]);
  const some = view.own.yes + view.own.no > 0;
  const [own, setOwn] = useState(some);
  const { busy, fault, call } = useCall();
  const sets = ready.filter((one) => !left.includes(one.id));
  const count = (side: "yes" | "no"): number =>
    sets.reduce((sum, one) => sum + one[side], own ? view.own[side] : 0);
  const [yes, no] = [count("yes"), count("no")];
  return (
    <Form
      whole={Math.min(yes, no) >= wordingLimits.least}
      busy={busy}
      fault={fault}
      act={say("ads.wording.train")}
      send={() => call("/api/ads/wording/models", { sets: sets.map((one) => one.id), own })}
      close={close}
    >
      <TickField
        label={say("ads.wording.own.learn", { yes: view.own.yes, no: view.own.no })}
        value={own}
        disabled={!some}
        onChange={setOwn}
      />
      {ready.map((one) => (
        <TickField
          key={one.id}
          label={`${one.name} · ${say("ads.set.counts", { yes: one.yes, no: one.no, left: one.leftOut })}`}
          value={!left.includes(one.id)}
          onChange={(to) => setLeft(to ? left.filter((id) => id !== one.id) : [...left, one.id])}
        />
      ))}
      <Text size="sm">{say("ads.wording.train.text", { yes, no, least: wordingLimits.least })}</Text>
    </Form>
  );
}
