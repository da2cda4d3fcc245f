// All adverts of the agency: by words, by a number, by source, by what was found; newest first.
import { Button, Group, Stack, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  PageHead,
  TextField,
  useAddressValue,
  useGo,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { findings } from "../contract.ts";
import type { AdvertHead, Source } from "../contract.ts";
import { FoundTag, Line } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  useLive(["ads"]);
  const [text, setText] = useAddressValue("text", "");
  const [source, setSource] = useAddressValue("source", "");
  const [found, setFound] = useAddressValue("found", "");
  const [typed, setTyped] = useState(text);
  const sources = useQuery({
    queryKey: ["ads", "sources"],
    queryFn: ({ signal }) => api.get<{ sources: Source[] }>("/api/ads/sources", { signal }),
  });
  const query = useQuery({
    queryKey: ["ads", "all", text, source, found],
    queryFn: ({ signal }) =>
      api.get<{ adverts: AdvertHead[] }>("/api/ads/adverts", { query: { text, source, found }, signal }),
  });
  return (
    <>
      <PageHead title={say("ads.all")} back={{ to: "/ads", label: say("ads.room") }} />
      <Stack gap="md">
        <form
          className="s-noprint"
          onSubmit={(event) => {
            event.preventDefault();
            setText(typed.trim());
          }}
        >
          <Group gap="sm" align="flex-end">
            <TextField
              label={say("ads.search")}
              kind="search"
              maxLength={200}
              value={typed}
              onChange={setTyped}
            />
            <ChoiceField
              label={say("ads.source")}
              value={source === "" ? null : source}
              choices={(sources.data?.sources ?? []).map((one) => ({ value: one.id, label: one.name }))}
              onChange={(to) => setSource(to ?? "")}
            />
            <ChoiceField
              label={say("ads.found")}
              value={found === "" ? null : found}
              choices={findings.map((value) => ({ value, label: say(`ads.found.${value}`) }))}
              onChange={(to) => setFound(to ?? "")}
            />
            <Button type="submit">{say("ads.search.act")}</Button>
          </Group>
        </form>
        <Awaited query={query}>
          {({ adverts }) =>
            adverts.length === 0 ? (
              <Empty title={say("ads.all.none")} />
            ) : (
              <ul
                className="ads-list"
                style={{ position: "static", maxHeight: "none" }}
                aria-label={say("ads.all")}
              >
                {adverts.map((one) => (
                  <li key={one.id}>
                    <UnstyledButton className="ads-entry" onClick={() => go(`/ads/adverts/${one.id}`)}>
                      <FoundTag of={one.found} />
                      <Line of={one} />
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
            )
          }
        </Awaited>
      </Stack>
    </>
  );
}
