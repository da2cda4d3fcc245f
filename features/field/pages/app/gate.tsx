// Before the phone is open: making it one of the node's, the PIN, and what is said after it was wiped.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Problem, Refused, SecretField, TextField, useWords } from "@simpul/doors/web";
import type { FieldTerms } from "../../contract.ts";
import { pinFault } from "../../rules.ts";
import type { Keeping } from "./database.ts";
import { enrol, type Phone } from "./phone.ts";
import { lockUnder, unlock, type Vault } from "./vault.ts";

/** The least that holds before a node said its own. */
const usual = { pinLength: 6 };

/** `why`: what happened to what was here, in words; null on a new phone. */
export function Setup({
  keeping,
  why,
  onOpen,
}: {
  keeping: Keeping;
  why: "attempts" | "order" | null;
  onOpen: (phone: Phone, vault: Vault) => void;
}): ReactNode {
  const { say } = useWords();
  const [name, setName] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [error, setError] = useState<{ pin?: string; again?: string }>({});
  const [busy, setBusy] = useState(false);
  async function go(): Promise<void> {
    const weak = pinFault(pin, usual);
    if (weak !== null) {
      setError({ pin: say(`field.app.${weak}`, { least: usual.pinLength }) });
      return;
    }
    if (pin !== again) {
      setError({ again: say("field.app.PIN_DIFFERS") });
      return;
    }
    setError({});
    setBusy(true);
    try {
      const phone = await enrol(keeping, name.trim());
      onOpen(phone, await lockUnder(keeping, pin));
    } catch (no) {
      setFault(no);
      setBusy(false);
    }
  }
  const stranger = fault instanceof Refused && fault.status === 401;
  return (
    <form
      className="fp-page"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <h1>{say("field.app.setup")}</h1>
      <Stack gap="md">
        {why !== null && <Text role="status">{say(`field.app.wiped.${why}`)}</Text>}
        <Text>{say("field.app.setup.text")}</Text>
        <TextField
          label={say("field.app.name")}
          hint={say("field.app.name.hint")}
          required
          maxLength={60}
          value={name}
          onChange={setName}
        />
        <SecretField
          label={say("field.app.pin.new")}
          hint={say("field.app.pin.hint", { least: usual.pinLength })}
          required
          value={pin}
          error={error.pin}
          onChange={setPin}
        />
        <SecretField
          label={say("field.app.pin.again")}
          required
          value={again}
          error={error.again}
          onChange={setAgain}
        />
        {stranger ? (
          <Text role="alert">
            {say("field.app.signIn")} <a href="/">{say("field.app.signIn.link")}</a>
          </Text>
        ) : (
          fault !== null && <Problem fault={fault} />
        )}
      </Stack>
      <div className="fp-acts">
        <Button type="submit" size="lg" loading={busy} disabled={name.trim() === "" || pin === ""}>
          {say("field.app.setup.act")}
        </Button>
      </div>
    </form>
  );
}

export function Locked({
  keeping,
  terms,
  onOpen,
  onWiped,
  children,
}: {
  keeping: Keeping;
  terms: FieldTerms;
  onOpen: (vault: Vault) => void;
  onWiped: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const [pin, setPin] = useState("");
  const [left, setLeft] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  async function go(): Promise<void> {
    setBusy(true);
    const opened = await unlock(keeping, pin, terms);
    setPin("");
    if (opened.kind === "open") {
      onOpen(opened.vault);
      return;
    }
    if (opened.kind === "wiped") {
      onWiped();
      return;
    }
    setLeft(opened.left);
    setBusy(false);
  }
  return (
    <form
      className="fp-page"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <h1>{say("field.app.locked")}</h1>
      <Stack gap="md">
        <SecretField
          label={say("field.app.pin")}
          autoFocus
          value={pin}
          error={left === null ? null : say("field.app.pin.wrong", { left })}
          onChange={setPin}
        />
        {children}
      </Stack>
      <div className="fp-acts">
        <Button type="submit" size="lg" loading={busy} disabled={pin === ""}>
          {say("field.app.unlock")}
        </Button>
      </div>
    </form>
  );
}
