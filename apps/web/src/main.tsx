// Starts the pages.
import "./nonce.ts";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@simpul/doors/web/house.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { door, rooms } from "./rooms.ts";

createRoot(document.getElementById("root")!).render(<App rooms={rooms} door={door} />);

// Fonts follow the first screen; system fonts stand in until then.
void import("./fonts.ts");
