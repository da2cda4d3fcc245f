// Who was told that a request waits, and when; and the call that somebody still has to make (MSG-8).
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, TimeText, api, useQuery, useWords } from "@simpul/doors/web";
import type { DutyView, Notice, RequestView } from "../contract.ts";
import { ActForm } from "./act-form.tsx";
import type { Named } from "./data.ts";
import { Who, plainWho } from "./texts.tsx";

export function Notices({ view }: { view: Named<RequestView> }): ReactNode {
  const { say } = useWords();
  if (view.notices.length === 0) return null;
  const call = view.notices.find((one) => one.level === "phone" && one.done === null);
  return (
    <section className="r-sheet" aria-label={say("requests.notices")}>
      <Text fw={600} size="sm" mb={4}>
        {say("requests.notices")}
      </Text>
      <Stack gap={4} component="ul" className="r-plain">
        {view.notices.map((one) => (
          <li key={one.id}>
            <Line of={one} view={view} />
          </li>
        ))}
      </Stack>
      {call !== undefined && view.may.includes("assign") && <Call view={view} notice={call} />}
    </section>
  );
}

function Line({ of, view }: { of: Notice; view: Named<RequestView> }): ReactNode {
  const { say } = useWords();
  const name = (id: string | null): string => plainWho(id, view.names, say("requests.somebody"));
  return (
    <Text size="sm" component="div">
      {of.officer !== null && (
        <>
          <Who id={of.officer} names={view.names} />{" "}
        </>
      )}
      {say(`requests.notice.${of.level}`)} <TimeText at={of.at} ago />
      {of.insteadOf !== null && ` · ${say("requests.notice.instead", { name: name(of.insteadOf) })}`}
      {of.done !== null && (
        <>
          {" · "}
          {say("requests.notice.called", { name: name(of.done.by) })} <TimeText at={of.done.at} ago />:{" "}
          {of.done.text}
        </>
      )}
    </Text>
  );
}

function Call({ view, notice }: { view: Named<RequestView>; notice: Notice }): ReactNode {
  const { say } = useWords();
  const duty = useQuery({
    queryKey: ["desk", "duty"],
    queryFn: ({ signal }) => api.get<DutyView>("/api/requests/duty", { signal }),
  });
  const phones = duty.data?.phones ?? [];
  return (
    <ActForm
      act="call"
      open
      about={
        <Stack gap={4}>
          {phones.map((one) => (
            <Text key={one.phone} size="sm">
              <bdi>{one.name}</bdi> · <a href={`tel:${one.phone.replaceAll(/[^+\d]/g, "")}`}>{one.phone}</a>
            </Text>
          ))}
          {duty.data !== undefined && phones.length === 0 && (
            <Text size="sm">
              {say("requests.duty.phones.none")} <Link to="/requests/duty">{say("requests.duty.title")}</Link>
            </Text>
          )}
        </Stack>
      }
      fields={[{ name: "text", kind: "text", label: say("requests.act.call.text"), required: true }]}
      send={(values) => api.post(`/api/requests/${view.id}/called`, { notice: notice.id, ...values })}
    />
  );
}
