// The app: words first, then who sits here, then the frame with its rooms.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { pickLocale } from "@simpul/doors/i18n";
import type { Locale, Words } from "@simpul/doors/i18n";
import { api, createQueries, cssVariables, fetched, Problem, theme, WordsProvider } from "@simpul/doors/web";
import type { Door, SignInProps } from "@simpul/doors/web";
import { firstLocale, loadWords } from "./languages.ts";
import { nonce } from "./nonce.ts";
import { useStanding } from "./session.ts";

const queries = createQueries();
/** The frame and its rooms: nobody waits for them before she has signed in. */
const loadHouse = async () => (await import("./house.tsx")).House;
const House = fetched(loadHouse);

export function App({ door }: { door: Door }): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <Inside door={door} />
        <Notifications position="bottom-left" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Inside({ door }: { door: Door }): ReactNode {
  const [spoken, setWords] = useState<{ words: Words; whole: boolean } | null>(null);
  const [chosen, choose] = useState<Locale | null>(null);
  const { standing, ask } = useStanding(door);
  // Whose session ends stands at a door that still speaks her language, not what this page began with.
  const language =
    standing.kind === "signed-in" ? pickLocale([standing.door.session.language]) : (chosen ?? firstLocale());
  const whole = standing.kind === "signed-in";
  useEffect(() => {
    let current = true;
    void loadWords(language, whole).then((words) => {
      if (current) setWords({ words, whole });
    });
    return () => {
      current = false;
    };
  }, [language, whole]);

  // Nothing is said before its words are there; that is a few milliseconds on the own node's line.
  if (spoken === null || standing.kind === "asking" || (whole && !spoken.whole)) return null;
  const { words } = spoken;
  return (
    <WordsProvider words={words}>
      {standing.kind === "signed-in" ? (
        <House of={standing.door} door={door} />
      ) : standing.kind === "nobody" ? (
        <SignIn
          door={door}
          onSignedIn={() => {
            choose(null);
            ask();
          }}
          onLanguage={(to) => choose(pickLocale([to]))}
        />
      ) : (
        <main className="s-main">
          <Problem fault={standing.fault} again={ask} />
        </main>
      )}
    </WordsProvider>
  );
}

function SignIn({ door, ...rest }: { door: Door } & Omit<SignInProps, "node">): ReactNode {
  const [node, setNode] = useState<SignInProps["node"] | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const Page = useMemo(() => fetched(async () => (await door.signIn()).Page), [door]);
  useEffect(() => {
    api.get<SignInProps["node"]>("/api/access/door").then(setNode, setFault);
    // While she looks for her passkey.
    const soon = setTimeout(() => void loadHouse(), 1500);
    return () => clearTimeout(soon);
  }, []);
  if (fault !== null) return <Problem fault={fault} again={() => location.reload()} />;
  if (node === null) return null;
  return <Page node={node} {...rest} />;
}
