// The exhibits that go on a formal request as a manifest for forensic tools of other houses, signed by this node (MLA-10).
import { caseManifest, caseManifestType } from "@simpul/evidence/case-manifest";
import type { Id } from "@simpul/model";
import { signStatement, utf8, type SignedStatement } from "@simpul/seal";
import type { Standing } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { exhibitsOf } from "./exhibits.ts";
import type { AssistanceNode } from "./node.ts";

/** Its payload is `caseManifest` over what goes from here. Throws `NOT_FOUND`, `NO_EXHIBITS_HERE`. */
export async function manifestOf(node: AssistanceNode, standing: Standing, id: Id): Promise<SignedStatement> {
  const { row, exhibits } = await exhibitsOf(node, standing, id, "assistance.manifest-made");
  const manifest = caseManifest({
    ...{ id, name: row.reference ?? row.form.subject, from: node.code, at: node.clock.now() },
    items: exhibits.map((one) => ({ ...one, path: null })),
  });
  return signStatement(caseManifestType, utf8(manifest), [node.signer], nodeVerifying);
}
