// Sides of one record; which one is open stands in the address.
import { Tabs as Base } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { ReactNode, RefObject } from "react";
import { useAddressValue } from "./address.ts";

export interface Tab {
  id: string;
  label: ReactNode;
  body: ReactNode;
}

/** Sides that do not fit stand beyond the edge: the one that is open is moved into sight. */
export function useOpenInSight(open: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const strip = list.current;
    const tab = strip?.querySelector<HTMLElement>("[aria-selected=true]");
    if (!strip || !tab) return;
    // Only the strip moves, never the page.
    strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
  }, [open]);
  return list;
}

/** `?tab=` in the address; the first tab stands without it. */
export function Tabs({
  tabs,
  label,
  name = "tab",
}: {
  tabs: readonly Tab[];
  label: string;
  name?: string;
}): ReactNode {
  const [at, go] = useAddressValue(name, tabs[0]?.id ?? "");
  const open = tabs.find((tab) => tab.id === at) ?? tabs[0];
  const list = useOpenInSight(open?.id ?? "");
  return (
    <Base value={open?.id ?? null} onChange={(id) => go(id ?? "")} keepMounted={false}>
      <Base.List ref={list} aria-label={label} className="s-tabs">
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} pt="md">
          {tab.id === open?.id && tab.body}
        </Base.Panel>
      ))}
    </Base>
  );
}
