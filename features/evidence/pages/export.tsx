// Letting evidence of a case out: what goes, to whom, what they will see; then the bundles, with their progress.
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  PageHead,
  api,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { CaseHead } from "../../cases/contract.ts";
import { Bundles } from "./export-bundles.tsx";
import { ExportForm } from "./export-form.tsx";
import { useMyCases } from "./data.ts";
import "./evidence.css";

export function Page(): ReactNode {
  const [ref] = useAddressValue("case");
  useLive(["export", "case"]);
  return ref === "" ? <Choose /> : <OfCase of={ref} />;
}

/** Without a case: hers to choose from, and every bundle that she may see. */
function Choose(): ReactNode {
  const { say } = useWords();
  const mine = useMyCases(true);
  return (
    <>
      <PageHead
        title={say("evidence.export.title")}
        back={{ to: "/evidence", label: say("evidence.room") }}
      />
      <Stack gap="lg">
        {(mine.data ?? []).length > 0 && (
          <section>
            <Title order={2} size="h5">
              {say("evidence.export.choose")}
            </Title>
            <ul className="e-cases">
              {(mine.data ?? []).map((one) => (
                <li key={one.id}>
                  <Link to={`/evidence/export?case=${one.number}`}>
                    {one.number} · {one.title}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Bundles of={null} />
      </Stack>
    </>
  );
}

function OfCase({ of }: { of: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["case", of, "head"],
    queryFn: ({ signal }) => api.get<CaseHead & { id: Id }>(`/api/cases/${of}`, { signal }),
  });
  return (
    <Awaited query={query} back="/evidence/export">
      {(view) => (
        <>
          <PageHead
            title={say("evidence.export.title")}
            windowTitle={view.number}
            back={{ to: `/cases/${view.number}`, label: `${view.number} · ${view.title}` }}
          />
          <Stack gap="xl">
            <Text maw="42rem">{say("evidence.export.intro")}</Text>
            <ExportForm of={view} key={view.id} />
            <Bundles of={view.id} />
          </Stack>
        </>
      )}
    </Awaited>
  );
}
