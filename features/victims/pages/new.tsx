// A new person: whatever is known, which may be nothing but what she needs.
import type { ReactNode } from "react";
import { PageHead, api, useGo, useQueryClient, useWords } from "@simpul/doors/web";
import { FactsForm, blank, changes } from "./form.tsx";
import { Gate } from "./gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  return (
    <>
      <PageHead title={say("victims.new")} back={{ to: "/victims", label: say("victims.room") }} />
      <Gate>
        <FactsForm
          first={blank}
          act={say("victims.new.act")}
          save={async (draft) => {
            const { id } = await api.post<{ id: string }>("/api/victims/people", changes(blank, draft, null));
            await queries.invalidateQueries({ queryKey: ["victims"] });
            go(`/victims/${id}`);
          }}
        />
      </Gate>
    </>
  );
}
