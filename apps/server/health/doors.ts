// Is the node running, and does it answer at its doors: the pages, and the door for other nodes with its certificate.
import { connect } from "node:tls";
import type { PeerCertificate } from "node:tls";
import type { Settings } from "../env.ts";
import { bad, ok, spell, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";

export async function doorFindings(settings: Settings): Promise<Finding[]> {
  const web = await webFinding(settings);
  return web.level === "ok" ? [web, await peerDoorFinding(settings)] : [web];
}

async function webFinding({ host, port, node }: Settings): Promise<Finding> {
  const at = `http://${host}:${port}`;
  try {
    const answer = await fetch(`${at}/healthz`, { signal: AbortSignal.timeout(5_000) });
    const { node: who } = (await answer.json()) as { node?: unknown };
    return who === node
      ? ok("door.web", `the node answers at ${at}`)
      : warn(
          "door.web",
          `${at} is another node (${String(who)})`,
          "set SIMPUL_PORT as the node's own start has it",
        );
  } catch {
    return warn(
      "door.web",
      `nothing answers at ${at}`,
      "start it with: simpul serve; or set SIMPUL_PORT as its start has it",
    );
  }
}

/** Peers pin the key, not the certificate; a new one is made at each start, for a year. */
async function peerDoorFinding({ peerHost, peerPort }: Settings): Promise<Finding> {
  const certificate = await certificateAt(peerHost, peerPort);
  const at = `${peerHost}:${peerPort}`;
  if (certificate === null)
    return warn(
      "door.peers",
      `the door for other nodes does not answer at ${at}`,
      "set SIMPUL_PEER_PORT as the node's start has it",
    );
  const left = (new Date(certificate.valid_to).getTime() - Date.now()) / 1000;
  if (left <= 0)
    return bad(
      "door.peers",
      "its certificate has run out",
      "restart the node; it makes a new one of the same key",
    );
  const says = `other nodes are answered at ${at}; its certificate holds for ${spell(left)}`;
  return left < 30 * 86_400
    ? warn("door.peers", says, "restart the node within that time")
    : ok("door.peers", says);
}

function certificateAt(host: string, port: number): Promise<PeerCertificate | null> {
  return new Promise((resolve) => {
    // Only looked at, never trusted: nothing is sent over it.
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: 5_000 });
    const end = (found: PeerCertificate | null): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once("secureConnect", () => end(socket.getPeerCertificate()));
    socket.once("error", () => end(null));
    socket.once("timeout", () => end(null));
  });
}
