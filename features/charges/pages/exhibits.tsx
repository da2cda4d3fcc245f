// The exhibits: whose each is, whether it may go to court, how it is disclosed; the file on paper and the bundle.
import { Badge, Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  LeaveStateButton,
  Link,
  LongTextField,
  TextField,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { disclosures, type Disclosure, type Exhibit } from "../contract.ts";
import { ActForm, post, states, type Shown } from "./parts.tsx";
import { Stopped } from "./stopped.tsx";

export function Exhibits({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md" pt="md">
      {view.exhibits.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say("charges.exhibits.none")}
        </Text>
      ) : (
        <div className="s-scroll" tabIndex={0} role="region" aria-label={say("charges.exhibits")}>
          <Table className="s-table" aria-label={say("charges.exhibits")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{say("charges.prove.exhibit")}</Table.Th>
                <Table.Th scope="col">{say("charges.disclosure")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {view.exhibits.map((one) => (
                <Row key={one.id} view={view} of={one} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {view.may.includes("work") && view.available.length > 0 && <Add view={view} />}
      <Paper view={view} />
    </Stack>
  );
}

function Row({ view, of }: { view: Shown; of: Exhibit }): ReactNode {
  const { say, state } = useWords();
  return (
    <Table.Tr>
      <Table.Td data-main data-label={say("charges.prove.exhibit")} className="s-long">
        <b>{of.number}.</b>{" "}
        {of.kind === "item" ? <Link to={`/evidence/${of.of}`}>{of.title}</Link> : of.title}
        <Text size="xs" c="dimmed" component="div">
          {[
            of.originator === null ? "" : say("charges.from", { state: state(of.originator) }),
            of.custody === null ? "" : say("charges.custody", { count: of.custody }),
          ]
            .filter((one) => one !== "")
            .join(" · ")}
        </Text>
        {of.stopped.length > 0 && <Stopped view={view} of={of} />}
      </Table.Td>
      <Table.Td data-label={say("charges.disclosure")}>
        <Badge variant="default" tt="none">
          {say(`charges.disclosure.${of.disclosure}`)}
        </Badge>
        {of.reason !== "" && (
          <Text size="xs" component="div">
            {of.reason}
          </Text>
        )}
        {view.may.includes("work") && <Disclose view={view} of={of} />}
      </Table.Td>
    </Table.Tr>
  );
}

function Marked({
  value,
  reason,
  onChange,
}: {
  value: Disclosure;
  reason: string;
  onChange: (to: { disclosure: Disclosure; reason: string }) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <>
      <ChoiceField
        label={say("charges.disclosure")}
        required
        value={value}
        choices={disclosures.map((one) => ({ value: one, label: say(`charges.disclosure.${one}`) }))}
        onChange={(to) => onChange({ disclosure: (to ?? "disclosable") as Disclosure, reason })}
      />
      {value !== "disclosable" && (
        <TextField
          label={say("charges.exhibit.reason")}
          required
          maxLength={1000}
          value={reason}
          onChange={(to) => onChange({ disclosure: value, reason: to })}
        />
      )}
    </>
  );
}
const said = ({ disclosure, reason }: { disclosure: Disclosure; reason: string }) => ({
  disclosure,
  reason: disclosure === "disclosable" ? "" : reason.trim(),
});
const reasoned = ({ disclosure, reason }: { disclosure: Disclosure; reason: string }): boolean =>
  disclosure === "disclosable" || reason.trim().length >= 3;

function Disclose({ view, of }: { view: Shown; of: Exhibit }): ReactNode {
  const { say } = useWords();
  const [marked, setMarked] = useState({ disclosure: of.disclosure, reason: of.reason });
  return (
    <ActForm
      label={say("charges.disclosure.change")}
      name={`${say("charges.disclosure.change")}: ${of.title}`}
      small
      whole={reasoned(marked)}
      send={() => api.put(`/api/charges/${view.id}/exhibits/${of.id}`, said(marked))}
    >
      <Marked value={marked.disclosure} reason={marked.reason} onChange={setMarked} />
    </ActForm>
  );
}

function Add({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const [of, setOf] = useState<string | null>(null);
  const [marked, setMarked] = useState<{ disclosure: Disclosure; reason: string }>({
    ...{ disclosure: "disclosable", reason: "" },
  });
  const chosen = view.available.find((one) => one.of === of);
  return (
    <ActForm
      label={say("charges.exhibit.add")}
      filled={view.exhibits.length === 0}
      whole={chosen !== undefined && reasoned(marked)}
      send={() =>
        post(view.id, "exhibits", { kind: chosen!.kind, of: chosen!.of, ...said(marked) }).then(() =>
          setOf(null),
        )
      }
    >
      <ChoiceField
        label={say("charges.exhibit.what")}
        required
        value={of}
        choices={view.available.map((one) => ({ value: one.of, label: one.title === "" ? "–" : one.title }))}
        onChange={setOf}
      />
      <Marked value={marked.disclosure} reason={marked.reason} onChange={setMarked} />
    </ActForm>
  );
}

/** The same languages as the courts': the PDF opens in a tab of its own. */
function Paper({ view }: { view: Shown }): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const [other, setOther] = useState<string | null>(view.contributors[0]?.peer ?? null);
  const others = states.filter((one) => one !== node.code);
  const at = `/api/charges/${view.id}/paper${other === null ? "" : `?with=${other}`}`;
  return (
    <Stack gap="sm" maw="36rem" className="s-noprint">
      <ChoiceField
        label={say("charges.paper.with")}
        value={other}
        placeholder={say("charges.paper.none")}
        choices={others.map((value) => ({ value, label: state(value) }))}
        onChange={setOther}
      />
      <Group gap="xs">
        <Button component="a" href={at} target="_blank" rel="noreferrer" variant="default">
          {say("charges.paper.get")}
        </Button>
        {view.may.includes("work") && <Bundle view={view} />}
      </Group>
    </Stack>
  );
}

function Bundle({ view }: { view: Shown }): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const [made, setMade] = useState(false);
  const [unproven, setUnproven] = useState("");
  const goes = view.exhibits.filter(
    (one) => one.kind === "item" && one.disclosure !== "unused" && one.stopped.length === 0,
  );
  const recipient = view.court === "" ? say("charges.court") : view.court;
  if (made)
    return (
      <Text size="sm">
        {say("charges.bundle.made")}{" "}
        <Link to={`/evidence/export?case=${view.case.number}`}>{say("charges.bundle.look")}</Link>
      </Text>
    );
  return (
    <LeaveStateButton
      label={say("charges.bundle")}
      disabled={goes.length === 0}
      recipients={[`${recipient}, ${state(node.code)}`]}
      codes={null}
      approves={say("charges.bundle.approves")}
      preview={
        <Stack gap="xs">
          {goes.map((one) => (
            <Text size="sm" key={one.id}>
              {one.number}. {one.title}
            </Text>
          ))}
          <LongTextField
            label={say("charges.bundle.unproven")}
            hint={say("charges.bundle.unproven.hint")}
            rows={2}
            maxLength={1000}
            value={unproven}
            onChange={setUnproven}
          />
        </Stack>
      }
      onLeave={async (reason) => {
        await post(view.id, "bundle", { recipient, to: node.code, reason, unproven: unproven.trim() });
        setMade(true);
      }}
    />
  );
}
