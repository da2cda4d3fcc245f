// The smaller parts of a plan: risks, who knows of it, and whether another state's plan meets this one.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, LongTextField, TextField, useColleagues, useWords } from "@simpul/doors/web";
import { stateZones } from "@simpul/doors/i18n";
import { selectorTypes } from "@simpul/model";
import { WallTime } from "./parts.tsx";
import type { PartOf } from "./sites.tsx";

/** Who can be named for one. */
const works = ["investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker"];

export function Risks({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  const [risk, setRisk] = useState("");
  const [answer, setAnswer] = useState("");
  return (
    <Stack gap="sm" maw="40rem">
      {view.risks.length === 0 && <Text c="dimmed">{say("operations.risks.none")}</Text>}
      <ul className="op-entries">
        {view.risks.map((one) => (
          <li key={one.id}>
            <Text td={one.closed ? "line-through" : undefined}>{one.risk}</Text>
            <Text size="sm">{one.answer}</Text>
            {open && !one.closed && (
              <Button
                size="compact-sm"
                variant="default"
                loading={acting.busy}
                onClick={() => void acting.run("post", `/risks/${one.id}/close`, {})}
              >
                {say("operations.risk.close")}
                <span className="s-hidden"> {one.risk}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void acting.run("post", "/risks", { risk: risk.trim(), answer: answer.trim() }).then((kept) => {
              if (!kept) return;
              setRisk("");
              setAnswer("");
            });
          }}
        >
          <Stack gap="sm">
            <TextField label={say("operations.risk")} required value={risk} onChange={setRisk} />
            <TextField label={say("operations.risk.answer")} value={answer} onChange={setAnswer} />
            <Group>
              <Button type="submit" loading={acting.busy} disabled={risk.trim().length < 3}>
                {say("operations.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

export function People({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  const [officer, setOfficer] = useState<string | null>(null);
  const colleagues = useColleagues(open);
  const choices = (colleagues.data ?? [])
    .filter((one) => !one.left && !view.members.some((member) => member.id === one.id))
    .filter((one) => one.places.some(({ roles }) => roles.some((role) => works.includes(role))))
    .map((one) => ({
      value: one.id,
      label: [one.name, one.nameLatin, one.places.map(({ desk }) => desk.name).join(", ")]
        .filter((part) => part !== null && part !== "")
        .join(" · "),
    }));
  return (
    <Stack gap="sm" maw="40rem">
      <Text size="sm" c="dimmed">
        {say("operations.people.hint")}
      </Text>
      <ul className="op-entries">
        {view.members.map((one) => (
          <li key={one.id}>
            <Group justify="space-between">
              <Text>{one.name}</Text>
              {open && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={say("operations.remove", { what: one.name })}
                  onClick={() => void acting.run("delete", `/members/${one.id}`, {})}
                >
                  {say("operations.site.remove")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {open && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void acting.run("post", "/members", { officer }).then((kept) => kept && setOfficer(null));
          }}
        >
          <Stack gap="sm">
            <ChoiceField
              label={say("operations.people.who")}
              required
              value={officer}
              choices={choices}
              onChange={setOfficer}
            />
            <Group>
              <Button type="submit" loading={acting.busy} disabled={officer === null}>
                {say("operations.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

export function Compare({ view, acting, open }: PartOf): ReactNode {
  const { say, state, time } = useWords();
  const fixed = view.votes.some((vote) => vote.node === view.own && vote.go);
  const [note, setNote] = useState("");
  return (
    <Stack gap="md" maw="40rem">
      <Text>{say("operations.compare.means")}</Text>
      {view.compared !== null && (
        <Text size="sm">
          {say("operations.compared", { count: Math.max(0, view.compared.asked - 1) })},{" "}
          <WallTime at={view.compared.at} state={view.own} />
          {view.compared.unreached > 0 &&
            ` · ${say("operations.unreached", { count: view.compared.unreached })}`}
        </Text>
      )}
      {open && (
        <Group>
          <Button
            variant="default"
            loading={acting.busy}
            onClick={() => void acting.run("post", "/compare", {})}
          >
            {say("operations.compare")}
          </Button>
        </Group>
      )}
      {view.collisions !== null && (view.compared !== null || view.collisions.length > 0) && (
        <section aria-labelledby="operations-collisions">
          <Title order={3} size="h6" id="operations-collisions">
            {say("operations.collisions")}
          </Title>
          {view.collisions.length === 0 && <Text size="sm">{say("operations.collisions.none")}</Text>}
          <ul className="op-entries">
            {view.collisions.map((one) => (
              <li key={`${one.peer} ${one.kind} ${one.what}`}>
                {say(`operations.collision.${one.kind}`, { what: one.what, state: state(one.peer) })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.cleared !== null ? (
        <Text size="sm">
          {say("operations.cleared", {
            name: view.cleared.by,
            time: time(view.cleared.at, stateZones[view.own]),
          })}
        </Text>
      ) : (
        view.may.includes("clear") &&
        view.compared !== null && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void acting.run("post", "/clear", { note: note.trim() });
            }}
          >
            <Stack gap="sm">
              <LongTextField
                label={say("operations.clear.note")}
                hint={say("operations.clear.hint")}
                rows={2}
                maxLength={1000}
                value={note}
                onChange={setNote}
              />
              <Group>
                <Button type="submit" loading={acting.busy}>
                  {say("operations.clear")}
                </Button>
              </Group>
            </Stack>
          </form>
        )
      )}
      <Identifiers view={view} acting={acting} open={open && !fixed} />
    </Stack>
  );
}

function Identifiers({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  const [type, setType] = useState<string>("phone");
  const [value, setValue] = useState("");
  const all = view.identifiers.map((one) => ({ type: one.type, value: one.canonical }));
  const keep = (list: typeof all): Promise<boolean> => acting.run("put", "/identifiers", { list });
  return (
    <section aria-labelledby="operations-identifiers">
      <Title order={3} size="h6" id="operations-identifiers">
        {say("operations.identifiers")}
      </Title>
      <ul className="op-entries">
        {view.identifiers.map((one) => (
          <li key={`${one.type} ${one.canonical}`}>
            <Group justify="space-between">
              <Text size="sm">
                {say(`selector.${one.type}`)}: <bdi>{one.canonical}</bdi>
              </Text>
              {open && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={say("operations.remove", { what: one.canonical })}
                  onClick={() =>
                    void keep(all.filter((other) => other.value !== one.canonical || other.type !== one.type))
                  }
                >
                  {say("operations.site.remove")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {open && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void keep([...all, { type, value: value.trim() }]).then((kept) => kept && setValue(""));
          }}
        >
          <Stack gap="sm">
            <ChoiceField
              label={say("operations.identifiers.type")}
              required
              value={type}
              choices={selectorTypes.map((one) => ({ value: one, label: say(`selector.${one}`) }))}
              onChange={(to) => setType(to ?? "phone")}
            />
            <TextField
              label={say("operations.identifiers.value")}
              required
              value={value}
              onChange={setValue}
            />
            <Group>
              <Button type="submit" variant="default" loading={acting.busy} disabled={value.trim() === ""}>
                {say("operations.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </section>
  );
}
