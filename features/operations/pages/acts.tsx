// What an officer does with an operation as a whole: sends it, says go or no-go, takes it back, calls everybody back.
import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  HandlingBadge,
  LeaveStateButton,
  LinkButton,
  Problem,
  useGo,
  useWords,
} from "@simpul/doors/web";
import { Handling } from "@simpul/model";
import type { OperationAct, OperationView } from "../contract.ts";
import type { Acting } from "./parts.tsx";
import { PlanPart } from "./plan-part.tsx";

/** What everybody who takes part may do with it: keep it, and ask before it is used elsewhere. */
const marked = <HandlingBadge handling={Handling.usual} />;

/** The next act first; what leaves the state shows what they will see. `near`: within reach of the thumb. */
export function Acts({
  view,
  acting,
  near,
}: {
  view: OperationView;
  acting: Acting;
  near: boolean;
}): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const may = (act: OperationAct): boolean => view.may.includes(act);
  const others = view.parties.filter((party) => party !== view.own).map(state);
  async function leave(path: string, body: object): Promise<void> {
    await api.post(`/api/operations/${view.id}${path}`, body);
    await acting.refresh();
  }
  const sites = view.sites.filter((site) => site.node === view.own && site.state === view.own);
  const approves = say("operations.vote.approves", { state: state(view.own) });
  const left = view.own !== view.lead || view.sentAt !== null;
  const board = ["running", "ended", "reported"].includes(view.state);
  return (
    <Stack gap="xs">
      {acting.fault !== null && <Problem fault={acting.fault} kept={say("operations.kept")} />}
      <Group gap="xs" className={near ? "s-acts op-acts s-noprint" : "s-noprint"}>
        {board && <LinkButton to={`/operations/${view.id}/board`}>{say("operations.board")}</LinkButton>}
        {(may("report") || view.reports.length > 0) && (
          <LinkButton to={`/operations/${view.id}/after`} variant={may("report") ? "filled" : "default"}>
            {say("operations.after")}
          </LinkButton>
        )}
        {may("send") && (
          <LeaveStateButton
            label={say("operations.send")}
            disabled={view.fallback === ""}
            preview={<PlanPart view={view} />}
            recipients={others}
            codes={marked}
            approves={say("operations.send.approves")}
            reasonNeeded={false}
            onLeave={() => leave("/send", {})}
          />
        )}
        {may("vote") && (
          <>
            <LeaveStateButton
              label={say("operations.go")}
              disabled={view.hindrances.length > 0}
              preview={
                <ul className="op-plain">
                  <li>{say("operations.go")}</li>
                  {sites.map((site) => (
                    <li key={site.id}>
                      {[site.label, site.area, site.commander].filter((one) => one !== "").join(", ")}
                    </li>
                  ))}
                </ul>
              }
              recipients={others}
              codes={marked}
              approves={approves}
              reasonNeeded={false}
              onLeave={() => leave("/vote", { go: true, reason: "" })}
            />
            <LeaveStateButton
              label={say("operations.nogo")}
              preview={say("operations.nogo")}
              recipients={others}
              codes={marked}
              approves={approves}
              onLeave={(reason) => leave("/vote", { go: false, reason })}
            />
          </>
        )}
        {view.own === view.lead && view.state === "draft" && may("change") && (
          <LinkButton to={`/operations/${view.id}/change`} variant="default">
            {say("operations.change")}
          </LinkButton>
        )}
        {may("reopen") && (
          <Button
            variant="default"
            loading={acting.busy}
            title={say("operations.reopen.means")}
            onClick={() => void acting.run("post", "/reopen", {})}
          >
            {say("operations.reopen")}
          </Button>
        )}
        {may("recall") &&
          (left ? (
            <RecallButton view={view} others={others} onLeave={(reason) => leave("/recall", { reason })} />
          ) : (
            <Button
              variant="subtle"
              loading={acting.busy}
              onClick={() =>
                void acting
                  .run("post", "/recall", { reason: say("operations.drop") })
                  .then((done) => done && go("/operations"))
              }
            >
              {say("operations.drop")}
            </Button>
          ))}
      </Group>
    </Stack>
  );
}

export function RecallButton({
  view,
  others,
  onLeave,
}: {
  view: Pick<OperationView, "title">;
  others: readonly string[];
  onLeave: (reason: string) => Promise<void>;
}): ReactNode {
  const { say } = useWords();
  return (
    <LeaveStateButton
      label={say("operations.recall")}
      preview={view.title}
      recipients={others}
      codes={marked}
      approves={say("operations.recall.approves")}
      onLeave={onLeave}
    />
  );
}
