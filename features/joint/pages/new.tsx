// A new note: kept as a draft that only this state knows, then read once more before it is signed and sent.
import type { ReactNode } from "react";
import { api, Awaited, PageHead, useWords } from "@simpul/doors/web";
import { freshNote, useCodes } from "./data.ts";
import { NoteDraftForm } from "./note-form.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  return (
    <>
      <PageHead title={say("joint.new")} back={{ to: "/joint", label: say("joint.room") }} />
      <Awaited query={codes} back="/joint">
        {(known) => (
          <NoteDraftForm
            name="joint.new"
            begin={freshNote(known.own)}
            codes={known}
            send={async (note) => (await api.post<{ id: string }>("/api/joint", note)).id}
          />
        )}
      </Awaited>
    </>
  );
}
