// What pages of the follow-up share: the way between them, a figure with its small line, and how a point stands.
import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  Link,
  StateTag,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { regionStates } from "@simpul/model";
import type { BoardView, FigureLine, PointState } from "../contract.ts";
import "./follow-up.css";

const rooms = [
  ["board", "/follow-up"],
  ["sources", "/follow-up/sources"],
  ["gaps", "/follow-up/gaps"],
  ["reports", "/follow-up/reports"],
] as const;

export function Rooms({ at }: { at: (typeof rooms)[number][0] }): ReactNode {
  const { say } = useWords();
  return (
    <nav className="f-rooms s-noprint" aria-label={say("follow-up.room")}>
      {rooms.map(([name, to]) =>
        name === at ? (
          <span key={name} aria-current="page">
            {say(`follow-up.${name}`)}
          </span>
        ) : (
          <Link key={name} to={to}>
            {say(`follow-up.${name}`)}
          </Link>
        ),
      )}
    </nav>
  );
}

/** The board for the state in the address, or the region. */
export function useBoard() {
  const [state] = useAddressValue("state", "");
  useLive(["picture"]);
  return useQuery({
    queryKey: ["picture", "board", state],
    queryFn: ({ signal }) => api.get<BoardView>("/api/follow-up/board", { signal, query: { state } }),
  });
}

export function StateChoice({ required = false }: { required?: boolean }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [chosen, choose] = useAddressValue("state", "");
  const states = regionStates
    .map((value) => ({ value, label: words.state(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <div className="s-noprint" style={{ minWidth: "16rem", maxWidth: "20rem" }}>
      <ChoiceField
        label={say("follow-up.about")}
        required={required}
        value={chosen === "" ? "region" : chosen}
        choices={[{ value: "region", label: say("follow-up.region") }, ...states]}
        onChange={(to) => choose(to === null || to === "region" ? "" : to)}
      />
    </div>
  );
}

const tones = { "no-text": "plain", none: "waiting", some: "accent", whole: "good" } as const;
export function PointTag({ state }: { state: PointState }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={tones[state]}>{say(`follow-up.state.${state}`)}</StateTag>;
}

/** Drawn for the eye only: the numbers stand in words beside it and in the table of the point. */
export function SmallLine({ months }: { months: FigureLine["months"] }): ReactNode {
  const known = months.flatMap((one, at) => (one.count === null ? [] : [{ at, count: one.count }]));
  if (known.length < 2) return null;
  const top = Math.max(...known.map((one) => one.count), 1);
  const place = (one: { at: number; count: number }): [number, number] => [
    (one.at / Math.max(1, months.length - 1)) * 84 + 2,
    18 - (one.count / top) * 16,
  ];
  const path = known
    .map((one, nth) => `${nth > 0 && known[nth - 1]!.at === one.at - 1 ? "L" : "M"}${place(one).join(" ")}`)
    .join("");
  const [x, y] = place(known.at(-1)!);
  return (
    <svg className="f-line" viewBox="0 0 88 20" aria-hidden="true">
      <path d={path} />
      <circle cx={x} cy={y} r="2" />
    </svg>
  );
}

export const useFigureName = (): ((code: string) => string) => {
  const { sayOne } = useWords();
  return (code) => sayOne([`picture.figure.${code}`]) ?? code;
};

/** Its name, its last number with the month, and which way it goes. */
export function Figure({ of }: { of: FigureLine }): ReactNode {
  const { say, number } = useWords();
  const name = useFigureName();
  const last = of.months.findLast((one) => one.count !== null);
  return (
    <span className="f-figure">
      <span>{name(of.code)}</span>
      {last === undefined ? (
        <Text span size="sm" c="dimmed">
          {say(of.withheld.length > 0 ? "follow-up.withheld" : "follow-up.noFigure")}
        </Text>
      ) : (
        <>
          <b>{number(last.count!)}</b>
          <Text span size="sm" c="dimmed">
            {last.month} · {say(`follow-up.trend.${of.trend}`)}
          </Text>
          <SmallLine months={of.months} />
        </>
      )}
    </span>
  );
}

/** The site of an address, leading to it. */
export function Source({ address }: { address: string }): ReactNode {
  if (!/^https?:\/\//.test(address)) return <>{address}</>;
  return (
    <Anchor href={address} target="_blank" rel="noreferrer" underline="always" inherit>
      {new URL(address).hostname.replace(/^www\./, "")}
    </Anchor>
  );
}

/** As whoever writes to it: which of her roles may take in tables of others. */
export const takesIn = (roles: readonly string[]): boolean =>
  roles.some((one) => ["analyst", "supervisor", "liaison"].includes(one));
