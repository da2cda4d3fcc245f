// Timeline, map and chart of a space, of what all parties put in: whose each is and its codes stand beside it.
import { Stack, Text, UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useMemo } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  HandlingBadge,
  Loading,
  SidePeek,
  useAddressValue,
  useWords,
} from "@simpul/doors/web";
import type { Moment } from "../../cases/contract/time-line.tsx";
import type { SpaceView, ThingView } from "../contract.ts";
import { Body } from "./body.tsx";
import { usePicture } from "./data.ts";
import { drawnOf, thingOfEdge, type Drawn } from "./drawn.ts";
import { titleIn } from "./title.ts";

/** Its picture library is large, and loaded when somebody looks. */
const Chart = lazy(() => import("./pictures-chart.tsx"));
const Place = lazy(() => import("./pictures-map.tsx"));
const Line = lazy(() => import("./pictures-line.tsx"));

function Drawing({
  view,
  children,
}: {
  view: SpaceView;
  children: (drawn: Drawn, things: readonly ThingView[]) => ReactNode;
}): ReactNode {
  const { say } = useWords();
  const query = usePicture(view.id);
  const things = query.data?.things;
  const drawn = useMemo(() => drawnOf(things ?? []), [things]);
  return (
    <Awaited query={query}>
      {(picture) => (
        <Stack gap="md">
          {picture.left > 0 && <Text size="sm">{say("joint.picture.left", { count: picture.left })}</Text>}
          <Suspense fallback={<Loading />}>{children(drawn, picture.things)}</Suspense>
        </Stack>
      )}
    </Awaited>
  );
}

/** Whose it is, and what may be done with it. */
export function Owner({ of }: { of: ThingView | undefined }): ReactNode {
  const { state } = useWords();
  if (of === undefined) return null;
  return (
    <>
      {state(of.party)}{" "}
      <HandlingBadge handling={of.handling} evaluation={of.evaluation} from={of.originator} />
    </>
  );
}

/** A thing beside the picture it was chosen in. */
function Peek({ of, view, close }: { of: ThingView; view: SpaceView; close: () => void }): ReactNode {
  const words = useWords();
  return (
    <SidePeek title={titleIn(words, of)} onClose={close}>
      <Stack gap="xs">
        <Text size="sm" component="div">
          <Owner of={of} />
        </Text>
        <Body of={of} parties={view.parties.map((one) => one.state)} space={view.id} />
      </Stack>
    </SidePeek>
  );
}

export function SpaceTimeline({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  return (
    <Drawing view={view}>
      {(drawn, things) => {
        const moments = momentsOf(things, drawn, say);
        return moments.length === 0 ? (
          <Empty title={say("joint.nothing")}>{""}</Empty>
        ) : (
          <Line moments={moments} />
        );
      }}
    </Drawing>
  );
}

function momentsOf(things: readonly ThingView[], drawn: Drawn, say: (key: string) => string): Moment[] {
  return things.flatMap((one): Moment[] => {
    const { content } = one;
    if (content === null || "item" in content) return [];
    const base = { id: one.id, title: one.title, ended: null, beside: <Owner of={one} /> };
    if ("record" in content) {
      const event = drawn.event.find((each) => each.id === one.id);
      if (event === undefined) return [];
      const names = [...drawn.place, ...drawn.subject]
        .filter((each) => each.id === event.place || event.subjects.includes(each.id))
        .map((each) => things.find((thing) => thing.id === each.id)?.title ?? "");
      return [
        {
          ...base,
          ...{ began: event.began, ended: event.ended, kind: say(`cases.event.kind.${event.kind}`) },
          beside: (
            <>
              {names.join(" · ")} <Owner of={one} />
            </>
          ),
        },
      ];
    }
    const { own } = content;
    const day =
      "decidedOn" in own ? own.decidedOn : "due" in own ? own.due : "at" in own ? own.at.slice(0, 10) : null;
    return day === null ? [] : [{ ...base, began: day, kind: say(`joint.kind.${one.kind}`) }];
  });
}

export function SpaceMap({ view }: { view: SpaceView }): ReactNode {
  const [at, go] = useAddressValue("at");
  const { say } = useWords();
  return (
    <Drawing view={view}>
      {(drawn, things) => {
        const shown = things.find((one) => one.id === at);
        return (
          <>
            <div className="s-list" data-peek={shown !== undefined}>
              <div className="s-list-main">
                <Place drawn={drawn} shown={at} onShow={go} />
              </div>
              {shown !== undefined && <Peek of={shown} view={view} close={() => go("")} />}
            </div>
            <Sites
              label={say("joint.sites")}
              things={things.filter((one) => one.kind === "site")}
              onShow={go}
            />
          </>
        );
      }}
    </Drawing>
  );
}

/** The same as a list: for the keyboard, for those who hear it, for paper. */
function Sites({
  label,
  things,
  onShow,
}: {
  label: string;
  things: readonly ThingView[];
  onShow: (id: string) => void;
}): ReactNode {
  return (
    <ul aria-label={label} style={{ paddingInlineStart: "1.25rem", margin: 0 }}>
      {things.map((one) => (
        <li key={one.id}>
          <UnstyledButton className="s-sort" onClick={() => onShow(one.id)}>
            {one.title}
          </UnstyledButton>{" "}
          · <Owner of={one} />
        </li>
      ))}
    </ul>
  );
}

export function SpaceChart({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const [at, go] = useAddressValue("edge");
  return (
    <Drawing view={view}>
      {(drawn, things) => {
        const byId = new Map(things.map((one) => [one.id as string, one]));
        const of = (edge: string): ThingView | undefined => byId.get(thingOfEdge(edge));
        const shown = of(at);
        return (
          <div className="s-list" data-peek={shown !== undefined}>
            <div className="s-list-main">
              <Chart
                drawn={drawn}
                shown={at}
                onShow={go}
                columns={[{ label: say("joint.owner"), cell: (edge) => <Owner of={of(edge.id)} /> }]}
              />
            </div>
            {shown !== undefined && <Peek of={shown} view={view} close={() => go("")} />}
          </div>
        );
      }}
    </Drawing>
  );
}
