// Decisions a second: Cedar with its policies kept parsed by act, beside the same engine parsing at every call.
import { loadPolicy, type CaseFacts } from "@simpul/policy";
import { cedar as engine } from "@simpul/policy/cedar";
import {
  arbitraryCase,
  arbitraryOfficer,
  officerEntity,
  ourPolicies,
  recordEntities,
} from "@simpul/policy/testing";
import fc from "fast-check";
import { median, type Figure } from "./figure.ts";

const perSecond = (count: number, work: (i: number) => void): number => {
  const before = performance.now();
  for (let i = 0; i < count; i++) work(i);
  return (count * 1000) / (performance.now() - before);
};

/** Runs ours and the peer's in turn and gives the medians. */
export function policy(): Figure[] {
  const ours = loadPolicy(engine);
  const officers = fc.sample(arbitraryOfficer, { numRuns: 100, seed: 1 });
  const cases: CaseFacts[] = fc.sample(arbitraryCase, { numRuns: 100, seed: 2 });
  const now = new Date("2031-03-04T03:00:00Z");
  const decide = (i: number) =>
    void ours.decide({
      officer: officers[i % 100]!,
      act: "case.view",
      record: cases[(i * 7) % 100]!,
      purpose: "crime-investigation",
      now,
    });
  const parsing = (i: number) => {
    const officer = officerEntity(officers[i % 100]!);
    const record = recordEntities(cases[(i * 7) % 100]!);
    const answer = engine.isAuthorized({
      principal: officer.uid,
      action: { type: "Simpul::Action", id: "case.view" },
      resource: record[0]!.uid,
      context: { purpose: "crime-investigation", proven: false, waived: [] },
      policies: { staticPolicies: ourPolicies },
      entities: [officer, ...record],
    });
    if (answer.type === "failure") throw new Error(answer.errors[0]?.message);
  };
  perSecond(300, decide);
  perSecond(20, parsing);
  const runs = 5;
  const rates = { ours: [] as number[], peer: [] as number[] };
  for (let run = 0; run < runs; run++) {
    rates.ours.push(perSecond(2000, decide));
    rates.peer.push(perSecond(100, parsing));
  }
  const rate = Math.round(median(rates.ours));
  const peer = Math.round(median(rates.peer));
  return [
    {
      figure: "policy decisions on a case",
      ours: rate,
      unit: "decisions/s",
      peer,
      peerName: "cedar-wasm isAuthorized, the same policies, parsed each call",
      bound: null,
      ratio: Number((rate / peer).toFixed(2)),
      runs,
    },
  ];
}
