// One way home: her choice first, then the risks, then what is arranged; nothing leads to the departure before (VIC-5).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Guided,
  Link,
  PageHead,
  Problem,
  StateTag,
  TextField,
  useParam,
  useWords,
} from "@simpul/doors/web";
import type { Plan } from "../contract.ts";
import { useOwner, usePlan, useSay, type Terms } from "./data.ts";
import { Moved, Part } from "./moved.tsx";
import { Choice } from "./plan-choice.tsx";
import { Risks } from "./plan-risks.tsx";
import { Steps } from "./plan-steps.tsx";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <One />
    </Gate>
  );
}

function One(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const query = usePlan(id);
  const owner = useOwner(id);
  return (
    <Awaited query={query} back="/returns">
      {({ plan, terms }) => (
        <>
          <PageHead
            title={say("returns.planOf", { who: plan.person.pseudonym })}
            back={{ to: "/returns", label: say("returns.room") }}
          />
          <Stack gap="lg" maw="44rem">
            <Group gap="md">
              <Link to={`/victims/${plan.person.id}`}>{plan.person.pseudonym}</Link>
              <Link to={`/referrals/people/${plan.person.id}`}>{say("returns.sharing")}</Link>
            </Group>
            <Awaited query={owner}>
              {({ owner: elsewhere }) =>
                elsewhere === null ? (
                  <Planning plan={plan} terms={terms} />
                ) : (
                  <Moved plan={plan} to={elsewhere} />
                )
              }
            </Awaited>
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function Planning({ plan, terms }: { plan: Plan; terms: Terms }): ReactNode {
  const { say, list, state } = useWords();
  return (
    <>
      <Text fw={600}>
        {plan.hindrances.length === 0
          ? say("returns.free")
          : say("returns.inTheWay", {
              what: list(plan.hindrances.map((one) => say(`returns.hindrance.${one}`))),
            })}
      </Text>
      {plan.represented.map((one) => (
        <Text key={one.of} size="sm">
          {one.of === "" ? say("returns.stateless") : state(one.of)}: {say(`returns.acts.${one.acts}`)}{" "}
          {!one.confirmed && <StateTag tone="waiting">{say("returns.toConfirm")}</StateTag>}
        </Text>
      ))}
      <Choice plan={plan} />
      <Risks plan={plan} terms={terms} />
      <Reflection plan={plan} terms={terms} />
      <Steps plan={plan} />
    </>
  );
}

function Reflection({ plan, terms }: { plan: Plan; terms: Terms }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [send, fault, busy] = useSay(plan.person.id);
  const period = terms.reflection["default"]!;
  const today = new Date().toISOString().slice(0, 10);
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState(
    new Date(Date.now() + period.days * 86_400_000).toISOString().slice(0, 10),
  );
  const [basis, setBasis] = useState("");
  return (
    <Part title={say("returns.reflection")}>
      {plan.reflection !== null ? (
        <Text>
          {say("returns.reflection.runs", {
            from: words.date(plan.reflection.from),
            until: words.date(plan.reflection.until),
          })}{" "}
          · {plan.reflection.basis}
        </Text>
      ) : (
        <Guided by="returns.guide.reflection">
          <Stack gap="sm">
            <Group grow preventGrowOverflow={false}>
              <TextField label={say("returns.from")} kind="date" value={from} onChange={setFrom} />
              <TextField label={say("returns.until")} kind="date" value={until} onChange={setUntil} />
            </Group>
            <TextField
              label={say("returns.basis")}
              hint={period.confirmed ? period.source : `${period.source} (${say("returns.toConfirm")})`}
              required
              value={basis}
              onChange={setBasis}
              maxLength={300}
            />
            {fault !== null && <Problem fault={fault} />}
            <Group>
              <Button
                variant="default"
                loading={busy}
                disabled={basis.trim() === ""}
                onClick={() => void send("reflection", { from, until, basis })}
              >
                {say("returns.reflection.begin")}
              </Button>
            </Group>
          </Stack>
        </Guided>
      )}
    </Part>
  );
}
