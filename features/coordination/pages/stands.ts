// How a followed thing stands and when it runs, in the reader's words.
import { useWords } from "@simpul/doors/web";
import type { CoordinatedHead } from "../contract.ts";

const rooms = {
  space: "joint.phase",
  operation: "operations.state",
  exercise: "exercises.state",
} as const;
const good: readonly string[] = ["open", "approved", "running"];

export function useStands() {
  const { say, date, time } = useWords();
  return {
    stands: (of: CoordinatedHead): string => say(`${rooms[of.about]}.${of.stands}`),
    tone: (of: CoordinatedHead): "good" | "plain" => (good.includes(of.stands) ? "good" : "plain"),
    period({ about, begins, ends }: CoordinatedHead): string {
      const at = (text: string): string => (about === "space" ? date(`${text}T12:00:00Z`) : time(text));
      return ends === null
        ? say("coordination.since", { from: at(begins) })
        : say("coordination.period", { from: at(begins), until: at(ends) });
    },
  };
}
