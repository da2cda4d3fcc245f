// Above a request of which something passed while a key was stolen: whose, when, and what an officer found since.
import { Alert, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { LinkButton, needsRole, useMay, useSession, useWords } from "@simpul/doors/web";
import type { Doubt } from "../../peers/contract.ts";

export function Doubts({ of }: { of: readonly Doubt[] }): ReactNode {
  const { say, state, time } = useWords();
  const { node } = useSession();
  const looks = useMay(needsRole("liaison"));
  return of.map((one) => (
    <Alert
      key={`${one.whose} ${one.until}`}
      variant="default"
      role="status"
      mb="md"
      title={say("requests.doubt.title", { state: state(one.whose) })}
    >
      <Stack gap="xs" align="start">
        <Text size="sm">
          {say("requests.doubt.text", { since: time(one.since), until: time(one.until) })}
        </Text>
        <Text size="sm">
          {say(`requests.doubt.${one.review?.finding ?? "open"}`, { name: one.review?.by ?? "" })}
        </Text>
        {looks && (
          <LinkButton
            variant="default"
            to={one.whose === node.code ? "/peers/keys" : `/peers/${one.whose}?tab=doubts`}
          >
            {say("requests.doubt.look")}
          </LinkButton>
        )}
      </Stack>
    </Alert>
  ));
}
