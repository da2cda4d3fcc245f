// A part of the app that is fetched when it is first shown.
import { useEffect, useState } from "react";
import type { ComponentType, ReactNode } from "react";
import { Progress } from "./notices.tsx";
import { useWords } from "./words.tsx";

const Nothing = (): ReactNode => null;

/** What stands in for a part that fills a place of the page. */
export function Loading(): ReactNode {
  const { say } = useWords();
  return <Progress says={say("web.loading")} part={null} />;
}

/**
 * A component that stands for the one that `load` gives: until it is there `Waiting` is shown (nothing by default); a
 * load that fails is thrown while rendering, to the nearest boundary.
 *
 * Unlike React's `lazy` it does not suspend: React shows what has suspended no sooner than 300 ms after the last
 * fallback, and twice that where one such part stands in another.
 */
export function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType = Nothing,
): ComponentType<Props> {
  let Part: ComponentType<Props> | null = null;
  return function Fetched(props: Props): ReactNode {
    const [state, setState] = useState<{ fault: unknown } | "here" | null>(Part === null ? null : "here");
    useEffect(() => {
      let shown = true;
      load().then(
        (part) => {
          Part = part;
          if (shown) setState("here");
        },
        (fault: unknown) => {
          if (shown) setState({ fault });
        },
      );
      return () => {
        shown = false;
      };
    }, []);
    if (state !== null && state !== "here") throw state.fault;
    return Part === null ? <Waiting /> : <Part {...props} />;
  };
}
