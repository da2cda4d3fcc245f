// Runs with every test file (vitest's `setupFiles`): registered before the file's own, so it closes after them.
import { afterAll } from "vitest";
import { closeAll } from "./closing.ts";

afterAll(closeAll, 60_000);
