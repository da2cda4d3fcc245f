// Changes what is known of a person: what stands masked is asked for first, since a form shows it.
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  PageHead,
  api,
  useGo,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { Facts, PersonView } from "../contract.ts";
import { MovedAway } from "../contract/moved-away.tsx";
import { FactsForm, changes, draftOf } from "./form.tsx";
import { Gate } from "./gate.tsx";
import { Reveal } from "./reveal.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  return (
    <>
      <PageHead title={say("victims.change")} back={{ to: `/victims/${id}`, label: say("victims.person") }} />
      <Gate>
        <Change id={id} />
      </Gate>
    </>
  );
}

function Change({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Partial<Facts> | null>(null);
  const query = useQuery({
    queryKey: ["victims", id],
    queryFn: ({ signal }) => api.get<PersonView>(`/api/victims/people/${id}`, { signal }),
    // The form is begun once.
    staleTime: Infinity,
  });
  return (
    <Awaited query={query} back="/victims">
      {(view) => {
        if (view.elsewhere !== null) return <MovedAway id={id} to={view.elsewhere} />;
        if (shown === null && view.masked.length > 0)
          return (
            <Stack gap="md" maw="40rem">
              <Text>{say("victims.change.masked")}</Text>
              <Reveal id={id} fields={view.masked} onShown={setShown} />
            </Stack>
          );
        const facts: Facts = { ...view.facts, ...shown };
        const first = draftOf({ ...facts, ageSaid: view.ageSaid });
        return (
          <FactsForm
            first={first}
            act={say("victims.save")}
            save={async (draft) => {
              const changed = changes(first, draft, facts);
              if (Object.keys(changed).length > 0) await api.post(`/api/victims/people/${id}/facts`, changed);
              await queries.invalidateQueries({ queryKey: ["victims"] });
              go(`/victims/${id}`);
            }}
          />
        );
      }}
    </Awaited>
  );
}
