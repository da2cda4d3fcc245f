// What is asked, section by section, as the other state reads it; printed it is the paper that is signed and sealed.
import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, TimeText, useSession, useWords } from "@simpul/doors/web";
import type { SharedRecord } from "../../requests/contract.ts";
import type { Codes } from "../contract.ts";
import { openOf, restsOn, rulesFor, sections, typeOf, valueOf } from "../rules.ts";
import { useFieldWords } from "./checklist.tsx";
import { useCodeWords, type View } from "./data.ts";
import { useRestWords } from "./rests.tsx";

const coded = new Set([
  "basis",
  "stage",
  "offence",
  "language",
  "translation.language",
  "certification",
  "urgencyReason",
]);

/** How a record is called on paper: its name, number, title. */
export const titleOf = (of: SharedRecord): string => {
  const fields = of.fields as {
    names?: { text: string }[];
    canonical?: string;
    title?: string;
    kind?: string;
  };
  return fields.names?.[0]?.text ?? fields.canonical ?? fields.title ?? fields.kind ?? of.kind;
};

export function Paper({ view, codes }: { view: View; codes: Codes }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const { node } = useSession();
  const field = useFieldWords();
  const code = useCodeWords();
  const { form } = view;
  const type = typeOf(codes, form.type);
  const from = view.direction === "outgoing" ? node.code : view.peer;
  const to = view.direction === "outgoing" ? view.peer : node.code;
  const authority = rulesFor(codes, to)?.centralAuthority.name;
  const said = (name: string): string | null => {
    if (name === "undertakings")
      return form.undertakings.length === 0
        ? null
        : words.list(form.undertakings.map((one) => code("undertaking", one)));
    if (name === "urgent" || name === "confidential") return form[name] ? say("assistance.yes") : null;
    const value = valueOf(form, name);
    if (value === "") return null;
    if (name === "special.mode") return code("mode", value);
    if (name === "neededBy" || /^\d{4}-\d{2}-\d{2}$/.test(value)) return words.date(value);
    return coded.has(name) ? code(name, value) : value;
  };
  const lines = (names: readonly string[]): [string, string][] =>
    names
      .flatMap((name) =>
        name === "special" ? (type?.special ?? []).map((one) => `special.${one.name}`) : [name],
      )
      .flatMap((name): [string, string][] => {
        const value = said(name);
        return value === null ? [] : [[name, value]];
      });
  return (
    <article className="a-paper" lang={form.language}>
      <Title order={2} size="h4">
        {say(`assistance.paper.${form.type === "extradition" ? form.type : view.kind}`)}
      </Title>
      <Text component="div">
        {view.reference ?? say("assistance.noReference")}
        {view.sent !== null && (
          <>
            {" "}
            · <TimeText at={view.sent.at} />
          </>
        )}
      </Text>
      <Text>
        {state(from)} → {state(to)}
        {view.kind === "formal" &&
          authority !== undefined &&
          authority.value !== "" &&
          `, ${authority.value}`}
        {view.kind === "formal" && authority?.standing === "to-be-confirmed" && ` (${say("assistance.tbc")})`}
      </Text>
      {sections.map(({ id, [view.kind]: fields }) => {
        const list = lines(fields);
        const records = fields.includes("records") ? view.records : [];
        const items = fields.includes("items") ? view.items : [];
        if (list.length + records.length + items.length === 0) return null;
        return (
          <section key={id}>
            <Title order={3} size="h5">
              {say(`assistance.section.${id}`)}
            </Title>
            <dl>
              {list.map(([name, value]) => (
                <div key={name}>
                  <dt>{field(name)}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
              {records.length > 0 && (
                <div>
                  <dt>{field("records")}</dt>
                  <dd>
                    {records.map((one) => (
                      <div key={one.id}>
                        {titleOf(one)} · {one.link}
                      </div>
                    ))}
                  </dd>
                </div>
              )}
              {items.length > 0 && (
                <div>
                  <dt>{field("items")}</dt>
                  <dd>
                    {items.map((one) => (
                      <Attached key={one.id} of={one} opens={view.direction === "incoming" && one.sealed} />
                    ))}
                  </dd>
                </div>
              )}
            </dl>
          </section>
        );
      })}
      {view.direction === "outgoing" && <PreparedBy view={view} codes={codes} />}
      {form.translation.text !== "" && <Text size="sm">{say("assistance.prevails")}</Text>}
      <div className="a-sign">
        <p>________________________________________</p>
        <p>{say("assistance.sign")}</p>
      </div>
    </article>
  );
}

/** An item that is attached: what it is, its digest, why it is there. */
function Attached({ of, opens }: { of: View["items"][number]; opens: boolean }): ReactNode {
  const { number } = useWords();
  return (
    <div className="a-attached">
      {opens ? <Link to={`/evidence/${of.id}`}>{of.fileName}</Link> : of.fileName} · {of.mediaType} ·{" "}
      {number(of.size)} B · {of.link}
      <br />
      SHA-256 {of.digest}
    </div>
  );
}

/** By which list it was prepared, and what of that list was to be confirmed when it left; until then, what is now. */
function PreparedBy({ view, codes }: { view: View; codes: Codes }): ReactNode {
  const { say, state, list } = useWords();
  const words = useRestWords();
  const rests = restsOn(codes, view.form);
  if (rests.length === 0) return null;
  const then = view.sent?.rules;
  const open = then === undefined ? openOf(rests) : rests.filter((one) => then.open.includes(one.rule));
  return (
    <Text size="sm" mt="md">
      {say("assistance.paper.rests", {
        state: state(view.peer),
        version: then?.version ?? codes.statesVersion,
      })}{" "}
      {open.length > 0 && say("assistance.paper.open", { rules: list(open.map(words)) })}
    </Text>
  );
}
