// Starts the app of a phone in the field: light, without rooms, and from the phone's own store when there is no line.
import "../nonce.ts";
import "@mantine/core/styles.css";
import "@simpul/doors/web/house.css";
import { MantineProvider } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { Locale, Words } from "@simpul/doors/i18n";
import { cssVariables, theme, WordsProvider } from "@simpul/doors/web";
import { FieldApp } from "@simpul/features/field/pages/app/app.tsx";
import { nonce } from "../nonce.ts";
import { Flow } from "./flow.tsx";
import { seal } from "./seal.ts";
import { firstLocale, loadFieldWords } from "./words.ts";

function App(): ReactNode {
  const [words, setWords] = useState<Words | null>(null);
  const [locale, setLocale] = useState<Locale>(firstLocale);
  useEffect(() => {
    void loadFieldWords(locale).then(setWords);
  }, [locale]);
  if (words === null) return null;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <WordsProvider words={words}>
        <FieldApp Flow={Flow} seal={seal} onLanguage={setLocale} />
      </WordsProvider>
    </MantineProvider>
  );
}

createRoot(document.getElementById("root")!).render(<App />);

// Asked again at every opening with a line: a newer app comes by itself, for the next opening.
if ("serviceWorker" in navigator)
  void navigator.serviceWorker.register("/field-sw.js", { scope: "/field" }).catch(() => undefined);
// The browser is asked not to clear what is kept when space runs short.
if ("storage" in navigator) void navigator.storage.persist().catch(() => false);

// Fonts follow the first screen.
void import("./fonts.ts");
