// A throttled line in a process of its own: a real line goes on carrying while the nodes at its ends are computing.
import { throttled } from "./throttle.ts";

const { target, line } = JSON.parse(process.argv[2]!) as {
  target: number;
  line: { bits: number; loss: number };
};
const { port } = await throttled(target, line);
process.send!({ port });
process.on("disconnect", () => process.exit());
