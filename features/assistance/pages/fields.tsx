// One field of the form by its name: its label, what it takes, and what the state that is asked says about it.
import type { ReactNode } from "react";
import {
  ChoiceField,
  ChoicesField,
  LongTextField,
  NumberField,
  TextField,
  TickField,
  useWords,
} from "@simpul/doors/web";
import type { Codes, Form, SpecialField, StateRules, TypeRules } from "../contract.ts";
import { valueOf } from "../rules.ts";
import { useFieldWords } from "./checklist.tsx";
import { useCodeWords } from "./data.ts";

const long = new Set([
  "facts",
  "connection",
  "sought",
  "grounds",
  "location",
  "lawText",
  "procedure",
  "questions",
  "privilege",
  "translation.text",
]);
/** Asked only where the answer before it makes them matter. */
const hiddenIn = (form: Form, name: string): boolean =>
  (name === "urgencyReason" && !form.urgent) ||
  (name === "confidentialWhy" && !form.confidential) ||
  (name === "timeWhy" && form.neededBy === null) ||
  (name.startsWith("translation.") && name !== "translation.language" && form.translation.language === "");

interface Given {
  name: string;
  special: SpecialField | null;
  form: Form;
  set: (change: Partial<Form>) => void;
  codes: Codes;
  rules: StateRules | null;
  type: TypeRules;
  /** It was begun from an enquiry, whose facts stand in it. */
  copied: boolean;
}

export function Field(given: Given): ReactNode {
  if (hiddenIn(given.form, given.name)) return null;
  return (
    <div id={`f-${given.name}`}>
      <Input {...given} />
    </div>
  );
}

function Input({ name, special, form, set, codes, rules, copied }: Given): ReactNode {
  const words = useWords();
  const { sayOne } = words;
  const code = useCodeWords();
  const label = useFieldWords()(name);
  const hint = name === "facts" && !copied ? null : sayOne([`assistance.hint.${name}`]);
  const shared = { label, ...(hint === null ? {} : { hint }) };
  const value = valueOf(form, name);
  const put = (text: string): void => {
    if (name.startsWith("special.")) set({ special: { ...form.special, [name.slice(8)]: text } });
    else if (name.startsWith("translation."))
      set({ translation: { ...form.translation, [name.slice(12)]: text } });
    else set({ [name]: text });
  };
  const choice = (of: readonly string[], field = name): ReactNode => (
    <ChoiceField
      {...shared}
      value={value === "" ? null : value}
      choices={of.map((one) => ({ value: one, label: code(field, one) }))}
      onChange={(one) => put(one ?? "")}
    />
  );
  if (special?.kind === "choice") return choice(codes.modes, "mode");
  if (special?.kind === "state")
    return (
      <ChoiceField
        {...shared}
        value={value === "" ? null : value}
        choices={codes.states.map((one) => ({ value: one.state, label: words.state(one.state) }))}
        onChange={(one) => put(one ?? "")}
      />
    );
  if (special?.kind === "day" || name === "neededBy")
    return (
      <TextField
        {...shared}
        kind="date"
        value={value}
        onChange={(text) => (name === "neededBy" ? set({ neededBy: text === "" ? null : text }) : put(text))}
      />
    );
  if (special?.kind === "long" || long.has(name))
    return (
      <LongTextField
        {...shared}
        rows={name === "facts" ? 6 : 3}
        maxLength={name === "facts" || name === "lawText" || name === "translation.text" ? 20_000 : 8000}
        value={value}
        onChange={put}
        {...(name === "translation.text" ? { lang: form.translation.language } : {})}
      />
    );
  switch (name) {
    case "basis":
      return form.type === "extradition" ? (
        <TreatyField {...{ shared, form, set, codes }} />
      ) : (
        choice((rules?.bases ?? []).map((one) => one.code))
      );
    case "stage":
      return choice(codes.stages);
    case "offence":
      return choice(codes.offences);
    case "language":
      return choice(codes.languages);
    case "translation.language":
      return choice(rules?.languages.accepted ?? codes.languages);
    case "certification":
      return choice(codes.certifications);
    case "urgencyReason":
      return choice(codes.urgency);
    case "urgent":
    case "confidential":
      return <TickField {...shared} value={form[name]} onChange={(on) => set({ [name]: on })} />;
    case "maxYears":
    case "copies":
      return (
        <NumberField
          {...shared}
          min={name === "copies" ? 1 : 0}
          max={name === "copies" ? 50 : 100}
          value={form[name]}
          onChange={(next) => set({ [name]: next })}
        />
      );
    case "undertakings":
      return (
        <ChoicesField
          {...shared}
          value={form.undertakings}
          choices={codes.undertakings.map((one) => ({ value: one, label: code("undertaking", one) }))}
          onChange={(undertakings) => set({ undertakings })}
        />
      );
    default:
      return <TextField {...shared} maxLength={300} value={value} onChange={put} />;
  }
}

/** On what a person may be handed over between the two states; the agreement is named with it, and changes with it. */
function TreatyField({
  shared,
  form,
  set,
  codes,
}: Pick<Given, "form" | "set" | "codes"> & { shared: { label: string; hint?: string } }): ReactNode {
  const code = useCodeWords();
  const bases = codes.extradition.bases.filter((one) => one.state === form.to);
  return (
    <ChoiceField
      {...shared}
      value={form.basis === "" ? null : form.basis}
      choices={[...new Set(bases.map((one) => one.code))].map((one) => ({
        value: one,
        label: code("basis", one),
      }))}
      onChange={(one) =>
        set({ basis: one ?? "", basisText: bases.find((each) => each.code === one)?.says ?? "" })
      }
    />
  );
}
