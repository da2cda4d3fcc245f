// Beside every page: files on their way in are found in the tray, also those that a reload interrupted.
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { track, untrack, useQuery, useQueryClient, useWords } from "@simpul/doors/web";
import type { TrayWork } from "@simpul/doors/web";
import { BundlesInTray } from "./export-bundles.tsx";
import { drop, unfinished, useWorks, type Step, type Work } from "./work.ts";

const stateOf: Readonly<Record<Step, TrayWork["state"]>> = {
  waiting: "running",
  hashing: "running",
  ready: "paused",
  signing: "running",
  sending: "running",
  sealing: "running",
  sealed: "done",
  failed: "failed",
};

export function Beside(): ReactNode {
  const { say } = useWords();
  const works = useWorks();
  const queries = useQueryClient();
  const shown = useRef(new Map<string, Work>());
  const left = useQuery({ queryKey: ["intake", "unfinished"], queryFn: unfinished, staleTime: 60_000 });

  useEffect(() => {
    const before = shown.current;
    for (const work of works) {
      if (before.get(work.key) === work) continue;
      const stops = ["waiting", "hashing", "sending"].includes(work.step);
      track({
        id: work.key,
        says: `${work.name}: ${say(`evidence.step.${work.step}`)}`,
        part: work.step === "sealing" || work.step === "signing" ? null : work.part,
        state: stateOf[work.step],
        to: work.step === "sealed" ? `/evidence/${String(work.item)}` : "/evidence/take-in",
        ...(stops ? { stop: () => void drop(work.key) } : {}),
      });
      if (work.step === "sealed" || work.step === "failed") {
        void queries.invalidateQueries({ queryKey: ["item"] });
        void queries.invalidateQueries({ queryKey: ["intake"] });
      }
    }
    for (const key of before.keys()) if (!works.some((one) => one.key === key)) untrack(key);
    shown.current = new Map(works.map((work) => [work.key, work]));
  }, [works, say, queries]);

  useEffect(() => {
    const here = new Set(works.map((one) => one.item));
    const lost = (left.data ?? []).filter((one) => !here.has(one.item));
    for (const one of lost)
      track({
        id: one.id,
        says: `${one.fileName}: ${say("evidence.unfinished.tray")}`,
        part: one.received / one.size,
        state: "paused",
        to: "/evidence/take-in",
      });
    return () => lost.forEach((one) => untrack(one.id));
  }, [left.data, works, say]);
  return <BundlesInTray />;
}
