// What pages of the law share: asking for it, and a fact with its place, its address and whether it was seen there.
import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { api, useQuery, useWords } from "@simpul/doors/web";
import type { Fact, LawByState } from "../contract.ts";

export const useLaw = () =>
  useQuery({
    queryKey: ["offences"],
    queryFn: ({ signal }) => api.get<LawByState>("/api/offences", { signal }),
    staleTime: 600_000,
  });

/** `Act 670, s. 12`; that the section was not seen is said. */
export function Place({ of }: { of: Fact }): ReactNode {
  const { say } = useWords();
  if (of.law === "" && of.address === "") return null;
  const host = of.address === "" ? "" : new URL(of.address).hostname.replace(/^www\./, "");
  const place =
    of.law === ""
      ? ""
      : of.section === ""
        ? `${of.law}, ${say("offences.noSection")}`
        : `${of.law}, ${of.section}`;
  return (
    <>
      {place}
      {place !== "" && host !== "" && " · "}
      {host !== "" && (
        <Anchor href={of.address} target="_blank" rel="noreferrer" inherit>
          {host}
        </Anchor>
      )}
    </>
  );
}

export function FactText({ of }: { of: Fact }): ReactNode {
  const { say } = useWords();
  const open = of.standing === "to-be-confirmed";
  return (
    <>
      {of.says === "" ? say("offences.tbc") : <span lang="en">{of.says}</span>}
      <Text size="xs" c="dimmed" className="s-long" component="div">
        {open && of.says !== "" && (
          <>
            <b>{say("offences.tbc")}</b>
            {(of.law !== "" || of.address !== "") && " · "}
          </>
        )}
        <Place of={of} />
      </Text>
    </>
  );
}
