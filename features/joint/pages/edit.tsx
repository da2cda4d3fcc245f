// Changing a draft, or writing the next version of a note that was signed: the others approve that again.
import type { ReactNode } from "react";
import { api, Awaited, PageHead, useParam, useWords } from "@simpul/doors/web";
import type { SpaceView } from "../contract.ts";
import { draftOf, useCodes, useSpace, type JointCodes } from "./data.ts";
import { NoteDraftForm } from "./note-form.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const codes = useCodes();
  const query = useSpace(id);
  return (
    <>
      <PageHead title={say("joint.note")} back={{ to: `/joint/${id}`, label: say("joint.back") }} />
      <Awaited query={query} back="/joint">
        {(view) => (
          <Awaited query={codes} back="/joint">
            {(known) => <Edit view={view} codes={known} />}
          </Awaited>
        )}
      </Awaited>
    </>
  );
}

function Edit({ view, codes }: { view: SpaceView; codes: JointCodes }): ReactNode {
  const waits = view.next?.sent === false ? view.next : null;
  const extends_ = waits === null && view.phase !== "draft";
  return (
    <NoteDraftForm
      name={`joint.note.${view.id}.${String((waits ?? view).note.version)}`}
      begin={draftOf(waits ?? view)}
      codes={codes}
      send={async (note) => {
        await (extends_
          ? api.post(`/api/joint/${view.id}/extend`, note)
          : api.put(`/api/joint/${view.id}`, note));
        return view.id;
      }}
    />
  );
}
