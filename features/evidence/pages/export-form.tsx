// The question in one page: items, recipient, which facts are shown, and the red button with all of it before her eyes.
import { Alert, Checkbox, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  FieldGroup,
  HandlingBadge,
  LeaveStateButton,
  Link,
  LongTextField,
  TextField,
  TickField,
  TimeText,
  address,
  api,
  useDraft,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { stateZones } from "@simpul/doors/i18n";
import { Handling } from "@simpul/model";
import type { Id } from "@simpul/model";
import type { CaseHead } from "../../cases/contract.ts";
import type { AskExport, Export, ExportedItem, ExportPreview } from "../contract.ts";

const names = ["fileName", "officerName", "authority", "place", "source", "note"] as const;

interface Draft {
  /** Items that stay at home; all others go. */
  without: Id[];
  to: string;
  recipient: string;
  fields: string[];
  now: boolean;
  why: string;
}

export function ExportForm({ of }: { of: CaseHead }): ReactNode {
  const { node } = useSession();
  const draft = useDraft<Draft>(`evidence.export.${of.id}`, {
    without: [],
    to: node.code,
    recipient: "",
    fields: [...names],
    now: false,
    why: "",
  });
  const { to } = draft.value;
  const query = useQuery({
    queryKey: ["case", of.id, "export", to],
    queryFn: ({ signal }) =>
      api.get<ExportPreview>("/api/evidence/exports/preview", { signal, query: { case: of.id, to } }),
  });
  return (
    <Awaited query={query}>
      {(preview) =>
        preview.items.length === 0 ? (
          <NothingYet number={of.number} />
        ) : (
          <Form of={of} preview={preview} draft={draft} />
        )
      }
    </Awaited>
  );
}

function Form({
  of,
  preview,
  draft,
}: {
  of: CaseHead;
  preview: ExportPreview;
  draft: ReturnType<typeof useDraft<Draft>>;
}): ReactNode {
  const { say, state, bytes, list } = useWords();
  const queries = useQueryClient();
  const { value, set } = draft;
  const going = preview.items.filter((one) => !value.without.includes(one.id));
  const stopped = going.filter((one) => one.over || one.missing.length > 0);
  const alone = preview.needed === 0;
  const ready =
    going.length > 0 &&
    stopped.length === 0 &&
    value.recipient.trim().length >= 3 &&
    (!(value.now || alone) || value.why.trim().length >= 3);
  const put = (part: Partial<Draft>): void => set((before) => ({ ...before, ...part }));
  const size = going.reduce((sum, one) => sum + one.size, 0);
  const codes = Handling.union(going.map((one) => one.handling));

  async function leave(reason: string): Promise<void> {
    const ask = {
      case: of.id,
      recipient: value.recipient,
      recipientState: value.to,
      reason,
      fields: names.filter((name) => value.fields.includes(name)),
      ...(value.without.length > 0 && { items: going.map((one) => one.id) }),
      ...((value.now || alone) && { unproven: value.why }),
    } as unknown as AskExport;
    await api.post<Export>("/api/evidence/exports", ask);
    draft.clear();
    await queries.invalidateQueries({ queryKey: ["export"] });
    document.getElementById("bundles")?.scrollIntoView({ block: "start" });
  }

  return (
    <Stack gap="lg" component="form" onSubmit={(event) => event.preventDefault()}>
      <Items items={preview.items} without={value.without} onChange={(without) => put({ without })} />
      {stopped.length > 0 && <Stopped items={stopped} to={value.to} number={of.number} />}
      <FieldGroup label={say("evidence.export.to")}>
        <ChoiceField
          label={say("evidence.export.state")}
          required
          value={value.to}
          choices={Object.keys(stateZones)
            .map((code) => ({ value: code, label: state(code) }))
            .sort((a, b) => a.label.localeCompare(b.label))}
          onChange={(code) => put({ to: code ?? value.to })}
        />
        <TextField
          label={say("evidence.export.recipient")}
          hint={say("evidence.export.recipient.hint")}
          required
          maxLength={300}
          value={value.recipient}
          onChange={(recipient) => put({ recipient })}
        />
      </FieldGroup>
      <FieldGroup label={say("evidence.export.fields")}>
        <Text size="sm">{say("evidence.export.fields.hint")}</Text>
        {names
          .filter((name) => going.some((one) => one.fields.some((field) => field.name === name)))
          .map((name) => (
            <TickField
              key={name}
              label={say(`evidence.export.field.${name}`)}
              hint={list([...new Set(valuesOf(going, name))].slice(0, 3))}
              value={value.fields.includes(name)}
              onChange={(shown) =>
                put({
                  fields: shown ? [...value.fields, name] : value.fields.filter((one) => one !== name),
                })
              }
            />
          ))}
      </FieldGroup>
      <FieldGroup label={say("evidence.export.cosigners")}>
        <Text size="sm">
          {alone
            ? say("evidence.export.alone")
            : say("evidence.export.waits", {
                needed: preview.needed,
                states: list(preview.cosigners.map((code) => state(code))),
              })}
        </Text>
        {!alone && (
          <TickField
            label={say("evidence.export.now")}
            hint={say("evidence.export.now.hint")}
            value={value.now}
            onChange={(now) => put({ now })}
          />
        )}
        {(value.now || alone) && (
          <LongTextField
            label={say("evidence.export.now.why")}
            hint={say("evidence.export.now.why.hint")}
            required
            rows={2}
            maxLength={2000}
            value={value.why}
            onChange={(why) => put({ why })}
          />
        )}
      </FieldGroup>
      <div className="s-acts">
        <LeaveStateButton
          label={say("evidence.export.act")}
          disabled={!ready}
          recipients={[`${value.recipient.trim()} (${state(value.to)})`]}
          codes={<HandlingBadge handling={codes} />}
          approves={say("evidence.export.approves")}
          preview={<Seen items={going} fields={value.fields} size={bytes(size)} number={of.number} />}
          onLeave={leave}
        />
        <Text size="sm" c="dimmed" role="status">
          {going.length === 0
            ? say("evidence.export.missing.items")
            : value.recipient.trim().length < 3
              ? say("evidence.export.missing.recipient")
              : draft.says}
        </Text>
      </div>
    </Stack>
  );
}

const valuesOf = (items: readonly ExportedItem[], name: string): string[] =>
  items.flatMap((one) => one.fields.filter((field) => field.name === name).map((field) => field.value));

function Items({
  items,
  without,
  onChange,
}: {
  items: readonly ExportedItem[];
  without: readonly Id[];
  onChange: (without: Id[]) => void;
}): ReactNode {
  const { say, bytes, state } = useWords();
  const { node } = useSession();
  const turn = (id: Id): void =>
    onChange(without.includes(id) ? without.filter((one) => one !== id) : [...without, id]);
  const all = without.length === 0;
  return (
    <section aria-label={say("evidence.export.items")}>
      <Title order={2} size="h5">
        {say("evidence.export.items")}
      </Title>
      <Checkbox
        mt="xs"
        label={say("evidence.export.all", { count: items.length })}
        checked={all}
        indeterminate={!all && without.length < items.length}
        onChange={() => onChange(all ? items.map((one) => one.id) : [])}
      />
      <ul className="e-going">
        {items.map((one) => (
          <li key={one.id}>
            <Checkbox
              checked={!without.includes(one.id)}
              onChange={() => turn(one.id)}
              label={one.fileName}
              description={`${bytes(one.size)} · ${say("evidence.export.statements", { count: one.statements })}${
                one.originator === node.code ? "" : ` · ${state(one.originator)}`
              }`}
            />
            <HandlingBadge
              handling={one.handling}
              {...(one.originator === node.code ? {} : { from: one.originator })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** HC-6: whose it is, which use is missing, and the two ways out. */
function Stopped({
  items,
  to,
  number,
}: {
  items: readonly ExportedItem[];
  to: string;
  number: string;
}): ReactNode {
  const { say, state } = useWords();
  // One question for each owner and use, with all items that it is about.
  const open = items.filter((one) => !one.over);
  const asks = [...new Set(open.flatMap((one) => one.missing.map((use) => `${one.originator} ${use}`)))].map(
    (pair) => {
      const [from, action] = pair.split(" ") as [string, "court" | "onward"];
      const of = open.filter((one) => one.originator === from && one.missing.includes(action));
      const query = { records: of.map((one) => one.id).join(","), action, to, case: number, from };
      return { from, action, href: address("/requests/permissions/new", query) };
    },
  );
  return (
    <Alert color="red" role="alert" title={say("evidence.export.stopped", { count: items.length })}>
      <ul className="e-stopped">
        {items.map((one) => (
          <li key={one.id}>
            {say("evidence.export.stopped.item", { name: one.fileName, state: state(one.originator) })}{" "}
            {one.over
              ? say("evidence.export.stopped.over")
              : one.missing.map((use) => say(`evidence.export.use.${use}`)).join(", ")}
          </li>
        ))}
      </ul>
      <p>{say("evidence.export.stopped.todo")}</p>
      <ul className="e-stopped">
        {asks.map(({ from, action, href }) => (
          <li key={href}>
            <Link to={href}>
              {say("evidence.export.ask", { state: state(from), use: say(`evidence.export.use.${action}`) })}
            </Link>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** Exactly what they will see. */
function Seen({
  items,
  fields,
  size,
  number,
}: {
  items: readonly ExportedItem[];
  fields: readonly string[];
  size: string;
  number: string;
}): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="sm">
      <Text size="sm">{say("evidence.export.seen", { count: items.length, size, case: number })}</Text>
      {items.map((one) => (
        <Table key={one.id} variant="vertical" withTableBorder>
          <Table.Tbody>
            <Row head={say("evidence.export.original")}>
              {one.mediaType} · <code className="e-digest">{one.digest}</code>
            </Row>
            <Row head={say("evidence.export.taken")}>
              <TimeText at={one.takenAt} />
            </Row>
            {one.fields.map(({ name, value }) => (
              <Row key={name} head={say(`evidence.export.field.${name}`)}>
                {fields.includes(name) ? value : <em>{say("evidence.export.withheld")}</em>}
              </Row>
            ))}
            <Row head={say("evidence.export.chain")}>
              {say("evidence.export.statements", { count: one.statements + 1 })}
            </Row>
          </Table.Tbody>
        </Table>
      ))}
    </Stack>
  );
}

const Row = ({ head, children }: { head: string; children: ReactNode }): ReactNode => (
  <Table.Tr>
    <Table.Th scope="row" w="9rem">
      {head}
    </Table.Th>
    <Table.Td className="e-wrap">{children}</Table.Td>
  </Table.Tr>
);

/** A case without an item has nothing to let out. */
function NothingYet({ number }: { number: string }): ReactNode {
  const { say } = useWords();
  return (
    <Empty
      title={say("evidence.export.none")}
      act={<Link to={`/evidence/take-in?case=${number}`}>{say("evidence.take-in")}</Link>}
    >
      {say("evidence.export.none.text")}
    </Empty>
  );
}
