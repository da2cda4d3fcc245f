// Sides of one record; which one is open stands in the address.
import { Tabs as Base } from "@mantine/core";
import { Suspense } from "react";
import type { ReactNode } from "react";
import { useAddressValue } from "./address.ts";

export interface Tab {
  id: string;
  label: ReactNode;
  body: ReactNode;
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
  return (
    <Base value={open?.id ?? null} onChange={(id) => go(id ?? "")} keepMounted={false}>
      <Base.List aria-label={label} className="s-tabs">
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} pt="md">
          {tab.id === open?.id && <Suspense fallback={null}>{tab.body}</Suspense>}
        </Base.Panel>
      ))}
    </Base>
  );
}
