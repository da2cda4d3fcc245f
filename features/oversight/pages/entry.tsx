// The page of one entry: what a colleague is sent, and what is printed.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { PageHead, useAddressValue, useParam, useWords } from "@simpul/doors/web";
import { EntryInFull } from "./entry-beside.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [back] = useAddressValue("back");
  return (
    <>
      <PageHead
        title={say("oversight.entry.title")}
        back={{ to: back === "" ? "/oversight" : `/oversight?${back}`, label: say("oversight.log") }}
        act={
          <Button variant="default" onClick={() => window.print()}>
            {say("oversight.print")}
          </Button>
        }
      />
      <EntryInFull log={useParam("log")} id={useParam("id")} />
    </>
  );
}
