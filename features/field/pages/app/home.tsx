// The open phone: the next person, what is not finished, the state of sending, lock and wipe.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { Wristband } from "@simpul/model";
import type { Work } from "./flow.ts";
import type { Draft } from "./vault.ts";

export function Home({
  drafts,
  finished,
  onNew,
  onGoOn,
  onLock,
  onWipe,
  children,
}: {
  drafts: readonly Draft<Work>[];
  /** One was just finished. */
  finished: boolean;
  onNew: () => void;
  onGoOn: (draft: Draft<Work>) => void;
  onLock: () => void;
  onWipe: () => void;
  children: ReactNode;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [asks, setAsks] = useState(false);
  return (
    <div className="fp-page">
      <h1>{say("field.app.title")}</h1>
      <Stack gap="md">
        {finished && (
          <Text role="status" fw={600}>
            {say("field.app.sealed")}
          </Text>
        )}
        {children}
        {drafts.length > 0 && (
          <section aria-labelledby="fp-unfinished">
            <h2 id="fp-unfinished">{say("field.app.unfinished")}</h2>
            <ul className="fp-list">
              {drafts.map((draft) => (
                <li key={draft.id}>
                  <button type="button" className="fp-row" onClick={() => onGoOn(draft)}>
                    <span>
                      {draft.value.wristband === null
                        ? say("field.app.without")
                        : Wristband.print(draft.value.wristband as Wristband)}
                    </span>
                    <span className="fp-quiet">
                      {say("field.app.began", {
                        time: words.minute(draft.value.began),
                        part: Math.round(draft.value.part * 100),
                      })}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className="fp-small">
          <Button variant="default" onClick={onLock}>
            {say("field.app.lock")}
          </Button>
          <Button variant="subtle" onClick={() => setAsks(!asks)} aria-expanded={asks}>
            {say("field.app.wipe")}
          </Button>
        </div>
        {asks && (
          <Stack gap="xs">
            <Text>{say("field.app.wipe.text", { count: drafts.length })}</Text>
            <Button color="dark" onClick={onWipe}>
              {say("field.app.wipe.act")}
            </Button>
          </Stack>
        )}
      </Stack>
      <div className="fp-acts">
        <Button size="lg" onClick={onNew}>
          {say("field.app.new")}
        </Button>
      </div>
    </div>
  );
}
