// The law of one state: its offences with their elements and penalties, who charges, whom it does not punish, its courts, and bases.
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  PageHead,
  useAddressValue,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { NodeCode } from "@simpul/model";
import { basisUses, courtNeeds, type Fact, type LawByState, type StateLaw } from "../contract.ts";
import { basesBetween, elementsOf, lawOf } from "../contract.ts";
import { Most } from "./list.tsx";
import { FactText, useLaw } from "./parts.tsx";

export function Page(): ReactNode {
  const { say, state } = useWords();
  const code = useParam("state");
  const law = useLaw();
  return (
    <>
      <PageHead title={state(code)} back={{ to: "/offences", label: say("offences.room") }} />
      <Awaited query={law} back="/offences">
        {(all) => {
          const one = lawOf(all, code);
          return one === null ? <Text>{say("offences.none")}</Text> : <One law={all} of={one} />;
        }}
      </Awaited>
    </>
  );
}

function Line({ label, of }: { label: string; of: Fact }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <FactText of={of} />
      </dd>
    </div>
  );
}

function One({ law, of }: { law: LawByState; of: StateLaw }): ReactNode {
  const { say, language, list } = useWords();
  return (
    <Stack gap="md" maw="52rem">
      <Text size="sm">{say("offences.text", { version: law.version })}</Text>
      {of.offences.map((one) => (
        <Card key={one.kind} withBorder padding="md" component="section">
          <Title order={2} size="h5">
            {say(`offences.kind.${one.kind}`)}
          </Title>
          <dl className="s-answers">
            <div>
              <dt>{say("offences.proven")}</dt>
              <dd>{list(elementsOf(law, one.kind).map((each) => say(`offences.element.${each}`)))}</dd>
            </div>
            <Line label={say("offences.wording")} of={one.text} />
            {one.wording.map((each) => (
              <div key={each.language}>
                <dt>{say("offences.ownWords", { language: language(each.language) })}</dt>
                <dd lang={each.language}>{each.text}</dd>
              </div>
            ))}
            <Line label={say("offences.penalty")} of={one.penalty} />
            <div>
              <dt>{say("offences.column.most")}</dt>
              <dd>
                <Most of={one} />
              </dd>
            </div>
          </dl>
        </Card>
      ))}
      <Card withBorder padding="md" component="section">
        <Title order={2} size="h5">
          {say("offences.procedure")}
        </Title>
        <dl className="s-answers">
          <Line label={say("offences.charging")} of={of.charging} />
          <Line label={say("offences.nonPunishment")} of={of.nonPunishment} />
          <div>
            <dt>{say("offences.languages")}</dt>
            <dd>{list(of.court.languages.map((one) => language(one)))}</dd>
          </div>
          {courtNeeds.map((need) => (
            <Line key={need} label={say(`offences.court.${need}`)} of={of.court[need]} />
          ))}
        </dl>
      </Card>
      <Bases law={law} of={of.state} />
    </Stack>
  );
}

/** What may be named between this state and another: the reader's own, or one that she chooses. */
function Bases({ law, of }: { law: LawByState; of: NodeCode }): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const [chosen, setWith] = useAddressValue("with", "");
  const others = law.states.map((one) => one.state).filter((one) => one !== of);
  const other = others.find((one) => one === chosen) ?? others.find((one) => one === node.code) ?? others[0]!;
  return (
    <Card withBorder padding="md" component="section">
      <Title order={2} size="h5">
        {say("offences.bases", { state: state(other) })}
      </Title>
      <div className="s-noprint" style={{ maxWidth: "20rem" }}>
        <ChoiceField
          label={say("offences.with")}
          value={other}
          choices={others.map((one) => ({ value: one, label: state(one) }))}
          onChange={(to) => setWith(to ?? "")}
        />
      </div>
      {basisUses.map((use) => (
        <section key={use} aria-label={say(`offences.use.${use}`)}>
          <Title order={3} size="h6" mt="sm">
            {say(`offences.use.${use}`)}
          </Title>
          <dl className="s-answers">
            {basesBetween(law, of, other, use).map((one) => (
              <Line key={one.code} label={one.basis.law} of={one.basis} />
            ))}
          </dl>
        </section>
      ))}
    </Card>
  );
}
