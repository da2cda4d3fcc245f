// What asking her and referring her share: her name at the head, the words and the directory; once she moved, the way to the proposal.
import type { ReactNode } from "react";
import { Awaited, PageHead, useParam, useWords } from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import { MovedAway } from "../../victims/contract/moved-away.tsx";
import {
  useConsent,
  useDirectory,
  useLists,
  useSharing,
  type Directory,
  type Lists,
  type PersonConsent,
} from "./data.ts";

export interface AboutHer {
  view: PersonConsent;
  codes: Lists;
  found: Directory;
}

export function AboutHerPage({
  title,
  children,
}: {
  title: string;
  children: (of: AboutHer) => ReactNode;
}): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const lists = useLists();
  const directory = useDirectory();
  const person = useConsent(id);
  const sharing = useSharing(id);
  const who = (view: PersonConsent): string => say("referrals.sharingOf", { who: view.person.pseudonym });
  const form = (view: PersonConsent): ReactNode => (
    <Awaited query={lists}>
      {(codes) => <Awaited query={directory}>{(found) => children({ view, codes, found })}</Awaited>}
    </Awaited>
  );
  return (
    <Gate>
      <Awaited query={person} back="/victims">
        {(view) => (
          <>
            <PageHead title={title} back={{ to: `/referrals/people/${id}`, label: who(view) }} />
            <Awaited query={sharing}>
              {({ owner }) => (owner === null ? form(view) : <MovedAway id={id} to={owner} />)}
            </Awaited>
          </>
        )}
      </Awaited>
    </Gate>
  );
}
