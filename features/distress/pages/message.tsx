// One message whole: who must not be told first, then what was said, then what the desk can do; each act says what it does.
import { Button, Card, Grid, Group, List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  useActing,
  api,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { MessageView } from "../contract.ts";
import { Acts } from "./acts.tsx";
import { Clock } from "./list.tsx";
import { Box, Closed, Marks, isClosed } from "./shared.tsx";
import { Tellings } from "./tell.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const query = useQuery({
    queryKey: ["distress", "messages", id],
    queryFn: ({ signal }) => api.get<MessageView>(`/api/distress/messages/${id}`, { signal }),
    retry: false,
  });
  if (isClosed(query.error)) return <Closed />;
  return (
    <Awaited query={query} back="/distress">
      {(view) => <Message of={view} />}
    </Awaited>
  );
}

function Message({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("distress");
  const take = () => run(() => api.post(`/api/distress/messages/${of.id}/take`, {}));
  return (
    <>
      <PageHead
        title={say("distress.message")}
        back={{ to: "/distress", label: say("distress.room") }}
        marks={<Marks of={of} />}
        act={
          of.state === "waits" ? (
            <Button loading={busy} onClick={() => void take()}>
              {say("distress.take")}
            </Button>
          ) : undefined
        }
      />
      <Stack gap="md" maw="72rem">
        {fault !== null && <Problem fault={fault} />}
        {of.clock !== null && <Clock of={of.clock} />}
        <Kept of={of} />
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack gap="md">
              {of.said.map((one) => (
                <Said key={one.id} of={one} />
              ))}
              <Alike of={of} />
              <Story of={of} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack gap="md">
              <Tellings of={of} />
              <Acts of={of} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}

/** Who must not be told: it stands above everything else. */
function Kept({ of }: { of: MessageView }): ReactNode {
  const { say, state } = useWords();
  if (of.not.length + of.excluded.length === 0) return null;
  return (
    <Box title={say("distress.not")} urgent>
      <List size="sm">
        {of.not.map((one) => (
          <List.Item key={one.word}>
            {say(`distress.not.${one.word}`)}
            {one.text !== "" && (
              <>
                : <bdi>{one.text}</bdi>
              </>
            )}{" "}
            ({say("distress.not.said")})
          </List.Item>
        ))}
        {of.excluded.map((one) => (
          <List.Item key={one.id}>
            <bdi>{one.kind === "state" ? state(one.name) : one.name}</bdi> ({say("distress.not.byDesk")}:{" "}
            <bdi>{one.why}</bdi>)
          </List.Item>
        ))}
      </List>
    </Box>
  );
}

function Said({ of }: { of: MessageView["said"][number] }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const { said } = of;
  const { call } = said;
  const rows: [string, ReactNode][] = [];
  const add = (key: string, value: ReactNode): void => {
    if (value !== null && value !== "" && value !== false) rows.push([say(key), value]);
  };
  const typed = (text: string): ReactNode =>
    text === "" ? null : (
      <bdi lang={said.language} style={{ whiteSpace: "pre-wrap" }}>
        {text}
      </bdi>
    );
  if (of.from !== null) {
    add("distress.said.told", <bdi style={{ whiteSpace: "pre-wrap" }}>{of.from.told}</bdi>);
    add("distress.said.why", <bdi>{of.from.why}</bdi>);
  }
  add("distress.said.where", typed(of.turned?.where ?? said.where));
  add("distress.said.more", typed(of.turned?.more ?? said.more));
  if (of.turned !== null)
    add("distress.said.turned", typed([said.where, said.more].filter((one) => one !== "").join("\n")));
  add("distress.said.many", said.many === null ? null : say(`distress.many.${said.many}`));
  add("distress.said.danger", said.danger === null ? null : say(`distress.danger.${said.danger}`));
  add("distress.said.child", said.child && say("distress.yes"));
  add("distress.said.for", said.for === null ? null : say(`distress.for.${said.for}`));
  add("distress.said.answer", said.answer === null ? null : say(`distress.answer.${said.answer}`));
  add("distress.said.contact", typed(said.contact));
  if (call !== null) {
    add("distress.call.caller", call.caller === null ? null : say(`distress.caller.${call.caller}`));
    add("distress.call.callerName", typed(call.callerName));
    add("distress.call.phone", typed(call.phone));
    add("distress.call.callBack", call.callBack === null ? null : say(`distress.callBack.${call.callBack}`));
    add("distress.call.callBackNote", typed(call.callBackNote));
    add("distress.call.person", typed(call.person));
    add("distress.call.nationality", typed(call.nationality));
  }
  return (
    <Card withBorder padding="md" component="section">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h6">
          {of.from === null
            ? say(`distress.via.${of.via}`)
            : say("distress.deskOf", { state: state(of.from.state) })}
          {of.by !== null && of.by !== "" && (
            <>
              , <bdi>{of.by}</bdi>
            </>
          )}
        </Title>
        <Group gap="xs">
          {of.cut && <StateTag tone="waiting">{say("distress.cut")}</StateTag>}
          {call !== null && !call.finished && <StateTag tone="waiting">{say("distress.brokeOff")}</StateTag>}
          <Text size="sm" c="dimmed" component="div">
            {words.language(said.language)} · <TimeText at={of.at} />
          </Text>
        </Group>
      </Group>
      <dl className="s-answers">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Alike({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  if (of.alike.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h6">
        {say("distress.alike")}
      </Title>
      <List size="sm">
        {of.alike.map((one) => (
          <List.Item key={one.id}>
            <Link to={`/distress/${one.id}`}>
              <bdi>{one.where === "" ? say("distress.noPlace") : one.where}</bdi>
            </Link>{" "}
            ({one.because.map((why) => say(`distress.alike.${why}`)).join(", ")}, <TimeText at={one.at} ago />
            )
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Story({ of }: { of: MessageView }): ReactNode {
  const { say, state } = useWords();
  if (of.story.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h6">
        {say("distress.story")}
      </Title>
      <List size="sm" spacing={4}>
        {of.story.map((one) => (
          <List.Item key={one.id}>
            <Text span size="sm" c="dimmed">
              <TimeText at={one.at} /> <bdi>{one.by}</bdi>{" "}
            </Text>
            {say(`distress.story.${one.kind}`)}
            {one.what["name"] !== undefined && (
              <>: {one.what["kind"] === "state" ? state(one.what["name"]) : <bdi>{one.what["name"]}</bdi>}</>
            )}
            {one.what["person"] !== undefined && <>: {one.what["person"]}</>}
            {one.what["why"] !== undefined && <>: {say(`distress.closing.${one.what["why"]}`)}</>}
            {one.what["word"] !== undefined && <>: {say(`distress.not.${one.what["word"]}`)}</>}
            {one.text !== "" && (
              <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                <bdi>{one.text}</bdi>
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
