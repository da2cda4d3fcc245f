// Changing the plan while it is a draft of this state.
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  PageHead,
  useGo,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { OperationStart, OperationView } from "../contract.ts";
import { PlanForm } from "./plan-form.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["operation", id, "change"],
    queryFn: async ({ signal }) => ({
      start: await api.get<OperationStart>("/api/operations/start", { signal }),
      view: await api.get<OperationView>(`/api/operations/${id}`, { signal }),
    }),
  });
  return (
    <Awaited query={query} back="/operations">
      {({ start, view }) => (
        <>
          <PageHead title={say("operations.change")} back={{ to: `/operations/${id}`, label: view.title }} />
          <PlanForm
            start={start}
            from={view}
            name={`operations.change.${id}`}
            send={async (plan) => {
              await api.put(`/api/operations/${id}`, plan);
              await queries.invalidateQueries({ queryKey: ["operation"] });
              go(`/operations/${id}`);
            }}
          />
        </>
      )}
    </Awaited>
  );
}
