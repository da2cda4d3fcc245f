// Stands where another state's desk looks after her since a hand-over: what is learnt here goes there as a proposal (VIC-4).
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { LinkButton, useWords } from "@simpul/doors/web";

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
