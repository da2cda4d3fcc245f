// Stands where another state's desk looks after her since a hand-over, or is offered her and has not answered (VIC-4).
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { LinkButton, useWords } from "@simpul/doors/web";
import type { Away } from "../contract.ts";

/** What is learnt here goes there as a proposal. */
export function MovedAway({ id, to }: { id: string; to: string }): ReactNode {
  const { say, state } = useWords();
  return (
    <Alert title={say("referrals.owner", { state: state(to) })}>
      <LinkButton to={`/referrals/people/${id}`} variant="default">
        {say("referrals.propose")}
      </LinkButton>
    </Alert>
  );
}

/** Both sides see it as pending; until they accept she is cared for here. */
export function Offered({ of }: { of: Away }): ReactNode {
  const { say, state } = useWords();
  return (
    <Alert title={say("victims.offered", { state: state(of.state) })}>
      <LinkButton to={`/referrals/${of.share}`} variant="default">
        {say("victims.offered.open")}
      </LinkButton>
    </Alert>
  );
}
