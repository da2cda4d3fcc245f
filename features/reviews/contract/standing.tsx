// How a legal review stands, wherever its act is shown: the same words and the same clock for everybody, whoever the person is (VIC-2).
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { ClockText, Link, StateTag, api, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { ReviewHead } from "../contract.ts";

export function Standing({ of }: { of: Pick<ReviewHead, "state" | "dueAt"> }): ReactNode {
  const { say } = useWords();
  const tone = of.state === "pending" ? "waiting" : "plain";
  return (
    <Group gap="xs">
      <StateTag tone={tone}>{say(`reviews.state.${of.state}`)}</StateTag>
      {of.state === "pending" && <ClockText due={of.dueAt} />}
    </Group>
  );
}

interface Shown {
  review: string;
  /** For who does not see the review. */
  otherwise?: ReactNode;
}

/** By the review's id, with the way to it. */
export function ReviewStanding({ review, otherwise = null }: Shown): ReactNode {
  const { say } = useWords();
  useLive(["review"]);
  const { data } = useQuery({
    queryKey: ["review", review],
    queryFn: ({ signal }) => api.get<ReviewHead>(`/api/reviews/${review}`, { signal }),
    retry: false,
  });
  if (data === undefined) return otherwise;
  return (
    <Group gap="xs">
      <Standing of={data} />
      <Link to={`/reviews/${review}`}>{say("reviews.one")}</Link>
    </Group>
  );
}
