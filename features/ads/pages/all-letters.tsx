// Every letter about adverts in one list: those that wait, overdue first, or those that are over.
import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  LinkButton,
  PageHead,
  RadioField,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Outcome } from "../contract.ts";
import { OutcomeCard } from "./outcomes.tsx";
import type { Named } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["ads"]);
  const [which, setWhich] = useAddressValue("which", "open");
  const query = useQuery({
    queryKey: ["ads", "letters", which],
    queryFn: ({ signal }) =>
      api.get<Named<{ letters: Outcome[] }>>("/api/ads/letters", { query: { which }, signal }),
  });
  return (
    <>
      <PageHead title={say("ads.letters")} back={{ to: "/ads", label: say("ads.room") }} />
      <Stack gap="md">
        <div className="s-noprint">
          <RadioField
            label={say("ads.letters.which")}
            value={which}
            choices={["open", "over"].map((value) => ({ value, label: say(`ads.letters.${value}`) }))}
            onChange={setWhich}
          />
        </div>
        <Awaited query={query}>
          {({ letters, names }) =>
            letters.length === 0 ? (
              <Empty
                title={say("ads.letters.none")}
                act={<LinkButton to="/ads/all">{say("ads.all")}</LinkButton>}
              >
                {say("ads.letters.none.text")}
              </Empty>
            ) : (
              letters.map((one) => <OutcomeCard key={one.id} of={one} names={names} advert />)
            )
          }
        </Awaited>
      </Stack>
    </>
  );
}
