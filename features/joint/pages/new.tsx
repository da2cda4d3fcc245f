// A new note: kept as a draft that only this state knows, then read once more before it is signed and sent.
import type { ReactNode } from "react";
import { api, Awaited, PageHead, useDraft, useGo, useWords } from "@simpul/doors/web";
import { freshNote, useAct, useCodes, type JointCodes } from "./data.ts";
import { NoteForm } from "./note-form.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  return (
    <>
      <PageHead title={say("joint.new")} back={{ to: "/joint", label: say("joint.room") }} />
      <Awaited query={codes} back="/joint">
        {(known) => <New codes={known} />}
      </Awaited>
    </>
  );
}

function New({ codes }: { codes: JointCodes }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const draft = useDraft("joint.new", freshNote(codes.own));
  const { busy, fault, run } = useAct("");
  async function save(): Promise<void> {
    let made = "";
    const done = await run(async () => {
      made = (await api.post<{ id: string }>("/api/joint", draft.value)).id;
    });
    if (!done) return;
    draft.clear();
    go(`/joint/${made}`);
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
