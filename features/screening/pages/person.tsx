// All screenings of one person on a page of their own, for the open desk; printable.
import type { ReactNode } from "react";
import { PageHead, useParam, useWords } from "@simpul/doors/web";
import { PersonScreenings } from "../contract/person.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  return (
    <>
      <PageHead
        title={say("screening.person.title")}
        back={{ to: `/victims/${id}`, label: say("screening.person.back") }}
      />
      <PersonScreenings id={id} />
    </>
  );
}
