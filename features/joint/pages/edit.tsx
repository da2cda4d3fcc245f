// Changing a draft, or writing the next version of a note that was signed: the others approve that again.
import type { ReactNode } from "react";
import { api, Awaited, PageHead, useDraft, useGo, useParam, useWords } from "@simpul/doors/web";
import type { SpaceView } from "../contract.ts";
import { draftOf, useAct, useCodes, useSpace, type JointCodes } from "./data.ts";
import { NoteForm } from "./note-form.tsx";

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
  const { say } = useWords();
  const go = useGo();
  const waits = view.next?.sent === false ? view.next : null;
  const extends_ = waits === null && view.phase !== "draft";
  const draft = useDraft(
    `joint.note.${view.id}.${String((waits ?? view).note.version)}`,
    draftOf(waits ?? view),
  );
  const { busy, fault, run } = useAct(view.id);
  async function save(): Promise<void> {
    const done = await run(() =>
      extends_
        ? api.post(`/api/joint/${view.id}/extend`, draft.value)
        : api.put(`/api/joint/${view.id}`, draft.value),
    );
    if (!done) return;
    draft.clear();
    go(`/joint/${view.id}`);
  }
  return (
    <NoteForm
      value={draft.value}
      set={(to) => draft.set((before) => ({ ...before, ...to }))}
      codes={codes}
      says={draft.says}
      busy={busy}
      fault={fault}
      label={say("joint.save")}
      save={() => void save()}
    />
  );
}
