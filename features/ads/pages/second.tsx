// Every tenth advert that a colleague found something, read again without being told what.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { api, Awaited, Empty, PageHead, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { AdvertHead } from "../contract.ts";
import { Work } from "./queue.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "second"],
    queryFn: ({ signal }) => api.get<{ adverts: AdvertHead[] }>("/api/ads/second", { signal }),
  });
  return (
    <>
      <PageHead title={say("ads.second")} back={{ to: "/ads", label: say("ads.room") }} />
      <Awaited query={query}>
        {({ adverts }) =>
          adverts.length === 0 ? (
            <Empty title={say("ads.second.none")} />
          ) : (
            <>
              <Text size="sm" mb="sm">
                {say("ads.second.text")}
              </Text>
              <Work entries={adverts} alone />
            </>
          )
        }
      </Awaited>
    </>
  );
}
