// The red button of a space: what goes in leaves the state for everybody who is in.
import type { ReactNode } from "react";
import { api, HandlingBadge, LeaveStateButton, tell, useGo, useSession, useWords } from "@simpul/doors/web";
import type { AskPut, SpaceView } from "../contract.ts";
import { useLeaving } from "./data.ts";

export const usual = { codes: ["H1", "H2"] as ("H1" | "H2")[] };

export function Leave({
  view,
  ask,
  preview,
  ready,
  done,
}: {
  view: SpaceView;
  ask: () => AskPut;
  preview: ReactNode;
  ready: boolean;
  done: () => void;
}): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const go = useGo();
  const leaving = useLeaving();
  const to = view.parties.filter((one) => one.stands === "in" && one.state !== view.own);
  async function leave(): Promise<void> {
    await leaving(() => api.post(`/api/joint/${view.id}/things`, ask()));
    done();
    tell(say("joint.went"));
    go(`/joint/${view.id}`);
  }
  return (
    <div className="s-acts">
      <LeaveStateButton
        label={say("joint.put")}
        reasonNeeded={false}
        disabled={!ready}
        recipients={to.map((one) => state(one.state))}
        codes={<HandlingBadge handling={usual} from={node.code} />}
        approves={say("joint.signs", { name: officer.name })}
        preview={preview}
        onLeave={leave}
      />
    </div>
  );
}
