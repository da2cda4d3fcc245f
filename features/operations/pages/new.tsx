// A new operation: a draft that only she and the contact point know of.
import type { ReactNode } from "react";
import { api, Awaited, PageHead, useGo, useQuery, useWords } from "@simpul/doors/web";
import type { OperationStart } from "../contract.ts";
import { PlanForm } from "./plan-form.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const query = useQuery({
    queryKey: ["operation", "start"],
    queryFn: ({ signal }) => api.get<OperationStart>("/api/operations/start", { signal }),
  });
  return (
    <>
      <PageHead title={say("operations.new")} back={{ to: "/operations", label: say("operations.room") }} />
      <Awaited query={query} back="/operations">
        {(start) => (
          <PlanForm
            start={start}
            from={null}
            name="operations.new"
            send={async (plan) => {
              const { id } = await api.post<{ id: string }>("/api/operations", plan);
              go(`/operations/${id}`);
            }}
          />
        )}
      </Awaited>
    </>
  );
}
