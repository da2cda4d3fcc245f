// Starts the app of a phone in the field: light, without rooms, and from the phone's own store when there is no line.
import "../nonce.ts";
import "./styles.ts";
import "./house.css";
import { MantineProvider } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { Locale, Words } from "@simpul/doors/i18n";
import { cssVariables, theme, WordsProvider } from "@simpul/doors/web";
import { FieldApp } from "@simpul/features/field/pages/app/app.tsx";
import type { FlowProps, Seal } from "@simpul/features/field/pages/app/flow.ts";
import { nonce } from "../nonce.ts";
import { firstLocale, loadFieldWords } from "./words.ts";

// What the first screen does not need follows it: the questions, and how a screening is sealed.
const questions = () => import("./flow.tsx");
const Questions = lazy(() => questions().then(({ Flow }) => ({ default: Flow })));
const Flow = (given: FlowProps): ReactNode => (
  <Suspense fallback={null}>
    <Questions {...given} />
  </Suspense>
);
const seal: Seal = async (...given) => (await import("./seal.ts")).seal(...given);

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

// Fonts follow the first screen, and so does what is asked and sealed: the next tap finds it here.
void import("./fonts.ts");
const later = setTimeout(
  () => void Promise.all([questions(), import("./seal.ts")]).catch(() => undefined),
  1500,
);
globalThis.addEventListener("pagehide", () => clearTimeout(later));
