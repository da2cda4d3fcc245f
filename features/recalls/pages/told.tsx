// What a recall says: what is called back, what takes its place, why, by whom; at home, and as others will see it.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { HandlingBadge, TimeText, useWords } from "@simpul/doors/web";
import { Evaluation } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import type { View } from "./data.ts";

/** What is called back, why, by whom; as others see it, without the names that only we have for it. */
export function Told({ view, abroad = false }: { view: View; abroad?: boolean }): ReactNode {
  const { say, state } = useWords();
  const name = (id: string | null): string => (id === null ? "–" : (view.names[id] ?? id.slice(-6)));
  const titles = [...new Map(view.list.map((one) => [one.record, one])).values()];
  return (
    <dl className="s-answers">
      <div>
        <dt>{say("recalls.what")}</dt>
        <dd>
          {titles.map((one) => (
            <div key={one.record}>
              {!abroad && one.title !== "" && one.what !== "text" ? `${one.title} · ` : ""}
              {say(`recalls.thing.${one.what}`)}
              {one.destroyed && ` · ${say("recalls.destroyed")}`}
              {view.ours && view.kind === "correct" && <NewVersion of={one.next} from={view.originator} />}
            </div>
          ))}
        </dd>
      </div>
      {view.handling !== null && (
        <div>
          <dt>{say("recalls.newCodes")}</dt>
          <dd>
            <HandlingBadge handling={view.handling} from={view.originator} />
            {view.endsGrants && <Text size="sm">{say("recalls.endsGrants")}</Text>}
          </dd>
        </div>
      )}
      {view.evaluation !== null && (
        <div>
          <dt>{say("recalls.newGrade")}</dt>
          <dd>{Evaluation.print(view.evaluation)}</dd>
        </div>
      )}
      <div>
        <dt>{say("recalls.why")}</dt>
        <dd>
          {say(`recalls.reason.${view.reasonCode}`)}
          {view.reason !== "" && <Text size="sm">{view.reason}</Text>}
        </dd>
      </div>
      <div>
        <dt>{say("recalls.by")}</dt>
        <dd>
          {view.ours && !abroad ? name(view.author) : state(view.originator)}
          {view.approvedBy !== null &&
            !abroad &&
            ` · ${say("recalls.letGoBy", { name: name(view.approvedBy) })}`}{" "}
          · <TimeText at={view.at ?? view.createdAt} />
        </dd>
      </div>
    </dl>
  );
}

/** Ids, and the rule by which a selector was normalised. */
const forMachines = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[a-z-]+\/\d+)$/;

/** Every word and number of a record, in its order; what only machines read is left out. */
const saidIn = (value: unknown): string[] => {
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") return value === "" || forMachines.test(value) ? [] : [value];
  return value === null || typeof value !== "object" ? [] : Object.values(value).flatMap(saidIn);
};

/** What leaves in place of the old version, with the codes under which it was given. */
function NewVersion({ of, from }: { of: View["list"][number]["next"]; from: NodeCode }): ReactNode {
  const { say, sayOne } = useWords();
  if (of === null) return null;
  const said = [...new Set(saidIn(of.fields))].map(
    (one) => sayOne([`holder.${one}`, `selector.${one}`]) ?? one,
  );
  return (
    <Text size="sm" component="div">
      {say("recalls.newVersion")} <bdi>{said.join(" · ")}</bdi>{" "}
      <HandlingBadge handling={of.handling} from={from} />
    </Text>
  );
}
