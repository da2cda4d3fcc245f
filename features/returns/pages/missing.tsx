// Missing and unidentified people: notices between victim desks, those that wait for us first.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, ClockText, Empty, Link, LinkButton, PageHead, StateTag, useWords } from "@simpul/doors/web";
import { toneOf, useNotices } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead
        title={say("returns.missing")}
        back={{ to: "/returns", label: say("returns.room") }}
        act={<LinkButton to="/returns/missing/new">{say("returns.missing.new")}</LinkButton>}
      />
      <Gate>
        <List />
      </Gate>
    </>
  );
}

function List(): ReactNode {
  const { say, state } = useWords();
  const query = useNotices();
  return (
    <Awaited query={query}>
      {({ notices }) =>
        notices.length === 0 ? (
          <Empty title={say("returns.missing.none")}>{say("returns.missing.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} maw="56rem" style={{ listStyle: "none" }}>
            {notices.map(({ share, content, answer }) => (
              <li key={share.id}>
                <Card withBorder padding="sm">
                  <Group justify="space-between" gap="xs">
                    <Link to={`/returns/missing/${share.id}`}>
                      {content === null ? say("returns.gone") : say(`returns.notice.${content.kind}`)}
                    </Link>
                    <Group gap="xs">
                      <StateTag tone={toneOf(share.state)}>{say(`returns.state.${share.state}`)}</StateTag>
                      {share.due !== null && <ClockText due={share.due} />}
                    </Group>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {share.peer !== null &&
                      say(share.ours ? "returns.to" : "returns.fromWho", { who: state(share.peer) })}
                    {content !== null && content.nationality !== "" && ` · ${state(content.nationality)}`}
                    {answer !== null && ` · ${say(`returns.noticeAnswer.${answer.outcome}`)}`}
                  </Text>
                </Card>
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}
