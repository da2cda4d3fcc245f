// Writing the text that proves a leaf offline (C2SP tlog-proof).
import { toBase64 } from "@simpul/seal";
import { header } from "./proof-file.ts";
import type { ProofFile } from "./proof-file.ts";

export function printProofFile({ index, proof, checkpoint, extra }: ProofFile): string {
  const lines = [
    header,
    ...(extra === null ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...proof.map(toBase64),
  ];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}
