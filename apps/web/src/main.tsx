// Starts the pages.
import "./nonce.ts";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@simpul/doors/web/house.css";
import "@simpul/doors/web/paper.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { door } from "@simpul/features/access/page.tsx";

createRoot(document.getElementById("root")!).render(<App door={door} />);

// Fonts follow the first screen; system fonts stand in until then.
void import("./fonts.ts");
