// What pages of the picture share: how a value of a table and a published number are said, and one act at a time.
import { Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useQueryClient, useWords } from "@simpul/doors/web";
import { offOf, sayLabel, type Axis, type Definition, type Release, type Together } from "../contract.ts";

/** A month in words, e.g. "November 2026". */
export function useMonth(): (month: string) => string {
  const { locale } = useWords();
  const format = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
  return (month) => format.format(new Date(`${month}-01T00:00:00Z`));
}

/** What a row or a column is called. */
export function useLabel(): (axis: Axis, value: string) => string {
  const words = useWords();
  return (axis, value) => sayLabel(axis, value, words);
}

/** What is known of a number and who withheld a part, in words. */
export function useNumber(): (of: Together) => string {
  const { say, number, list, state } = useWords();
  return ({ known, withheld }) => {
    if (withheld.length === 0) return number(known);
    const states = list(withheld.map((one) => state(one)));
    return known === 0 ? say("picture.withheldBy", { states }) : say("picture.atLeast", { known, states });
  };
}

/** A number where there is little room: a dot says that a part is withheld, and whoever listens hears by whom. */
export function Amount({ of }: { of: Together }): ReactNode {
  const { number } = useWords();
  const say1 = useNumber();
  if (of.withheld.length === 0) return number(of.known);
  return (
    <>
      <span aria-hidden="true">{of.known === 0 ? "•" : `${number(of.known)} •`}</span>
      <span className="p-said">{say1(of)}</span>
    </>
  );
}

/**
 * How far noise and rounding may have moved a number that adds up so many cells of each table; nothing where they did not,
 * nor where no number stands.
 */
export function Off({
  of,
  tables,
  cells,
}: {
  of: Together;
  tables: readonly Release[];
  cells: number;
}): ReactNode {
  const { say, number } = useWords();
  const off = offOf(tables, cells);
  if (off === 0 || (of.known === 0 && of.withheld.length > 0)) return null;
  return (
    <Text span size="sm" c="dimmed" fw={400} title={say("picture.off.text")}>
      {say("picture.off", { off: number(off) })}
    </Text>
  );
}

/** How a figure is counted, by which definition, of which unit: printed with every figure. */
export function Counted({ of }: { of: Definition }): ReactNode {
  const { say } = useWords();
  return (
    <Text size="sm">
      <b>{say("picture.counted")}:</b> {say(`picture.counted.${of.figure}.${String(of.version)}`)}{" "}
      <Text span size="sm" c="dimmed">
        {say("picture.version", { version: of.version })} · {say("picture.unit")}:{" "}
        {say(`picture.unit.${of.unit}`)}
      </Text>
    </Text>
  );
}

/** One call at a time; what was refused stands there. */
export function useAct(): {
  busy: boolean;
  fault: unknown;
  run: (call: () => Promise<unknown>) => Promise<boolean>;
} {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function run(call: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setFault(null);
    try {
      await call();
      await queries.invalidateQueries({ queryKey: ["picture"] });
      return true;
    } catch (no) {
      setFault(no);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, fault, run };
}
