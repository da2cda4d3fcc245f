// Beside the activity of a case: why she sees it, who else can, who did.
import type { ReactNode } from "react";
import { WhyPanel, api, useQuery, useWords } from "@simpul/doors/web";
import type { Sight, WhyCase } from "../contract.ts";
import type { Named } from "./data.tsx";

export function WhyThis({ number }: { number: string }): ReactNode {
  const { say, sayOne, time } = useWords();
  const query = useQuery({
    queryKey: ["case", number, "why"],
    queryFn: ({ signal }) => api.get<Named<WhyCase>>(`/api/cases/${number}/why`, { signal }),
  });
  const told = (why: Named<WhyCase>): { because: string[]; others: string[]; seen: Seen[] } => {
    const name = (id: string): string => (why.names.officers as Names)[id]?.name ?? id;
    const desk = (id: string): { name: string; agency?: { name: string } } | undefined =>
      (why.names.desks as unknown as Desks)[id];
    const other = (one: Sight): string => {
      switch (one.by) {
        case "team":
          return say("cases.why.team", { name: name(one.officer), role: say(`cases.team.${one.role}`) });
        case "agency":
          return say("cases.why.agency", { agency: desk(one.desk)?.agency?.name ?? "" });
        case "supervisors":
          return say("cases.why.supervisors", { desk: desk(one.desk)?.name ?? "" });
        case "emergency":
          return say("cases.why.emergency", { name: name(one.officer), time: time(one.until) });
      }
    };
    return {
      because: why.because.map((one) => sayOne([one]) ?? one),
      others: why.others.map(other),
      seen: why.seen.map((one) => ({
        who: name(one.officer),
        at: one.at,
        what: sayOne([`activity.${one.kind}`]) ?? one.kind,
        purpose: one.purpose,
      })),
    };
  };
  return <WhyPanel query={{ ...query, data: query.data === undefined ? undefined : told(query.data) }} />;
}

type Names = Record<string, { name: string } | undefined>;
// The directory names the agency of each desk.
type Desks = Record<string, { name: string; agency?: { name: string } } | undefined>;
interface Seen {
  who: string;
  at: string;
  what: string;
  purpose: string;
}
