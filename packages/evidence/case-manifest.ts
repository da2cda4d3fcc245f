// Exhibits as a manifest in CASE/UCO 1.4 (JSON-LD), for forensic tools of other houses; what proves them are their seals (MLA-10).
import type { Digest, Id, NodeCode } from "@simpul/model";

/** One exhibit. What its officer withheld is null and stands nowhere in the manifest. */
export interface ManifestItem {
  id: Id;
  /** Of the original bytes, SHA-256. */
  digest: Digest;
  /** Bytes. */
  size: number;
  mediaType: string;
  originator: NodeCode;
  fileName: string | null;
  /** Where its bytes lie beside the manifest; null where they do not go with it. */
  path: string | null;
  /** What happened to it, in order. */
  custody: readonly { event: string; at: Date }[];
}

export interface Manifest {
  id: Id;
  name: string;
  from: NodeCode;
  at: Date;
  items: readonly ManifestItem[];
}

/** The media type under which it is signed and served. */
export const caseManifestType = "application/ld+json";

const context = {
  kb: "urn:simpul:",
  "case-investigation": "https://ontology.caseontology.org/case/investigation/",
  "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
  "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
  "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
  "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

type Node = Record<string, unknown> & { "@id": string };
const ref = ({ "@id": id }: Node) => ({ "@id": id });
const time = (at: Date) => ({ "@type": "xsd:dateTime", "@value": at.toISOString() });

function file(item: ManifestItem): Node {
  return {
    "@id": `kb:File-${item.id}`,
    "@type": "uco-observable:File",
    "uco-core:hasFacet": [
      {
        "@id": `kb:FileFacet-${item.id}`,
        "@type": "uco-observable:FileFacet",
        ...(item.fileName !== null && { "uco-observable:fileName": item.fileName }),
        ...(item.path !== null && { "uco-observable:filePath": item.path }),
        "uco-observable:sizeInBytes": item.size,
      },
      {
        "@id": `kb:ContentDataFacet-${item.id}`,
        "@type": "uco-observable:ContentDataFacet",
        "uco-observable:mimeType": item.mediaType,
        "uco-observable:sizeInBytes": item.size,
        "uco-observable:hash": [
          {
            "@id": `kb:Hash-${item.id}`,
            "@type": "uco-types:Hash",
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": { "@type": "xsd:hexBinary", "@value": item.digest },
          },
        ],
      },
    ],
  };
}

/** A file, each act on it, and the record of its provenance with its number among the exhibits. */
function exhibit(item: ManifestItem, number: number): Node[] {
  const bytes = file(item);
  const acts = item.custody.map(({ event, at }, index): Node => ({
    "@id": `kb:InvestigativeAction-${index}-${item.id}`,
    "@type": "case-investigation:InvestigativeAction",
    "uco-core:name": event,
    "uco-action:startTime": time(at),
    "uco-action:object": [ref(bytes)],
  }));
  const provenance: Node = {
    "@id": `kb:ProvenanceRecord-${item.id}`,
    "@type": "case-investigation:ProvenanceRecord",
    "case-investigation:exhibitNumber": String(number),
    "uco-core:description": `Taken in by ${item.originator.toUpperCase()}`,
    "uco-core:object": [bytes, ...acts].map(ref),
  };
  return [bytes, ...acts, provenance];
}

/** The manifest as it is written: one graph, the bundle first, every other node named in it. */
export function caseManifest({ id, name, from, at, items }: Manifest): string {
  const nodes = items.flatMap((item, index) => exhibit(item, index + 1));
  const bundle: Node = {
    "@id": `kb:Bundle-${id}`,
    "@type": "uco-core:Bundle",
    "uco-core:name": name,
    "uco-core:description": `Exhibits given by ${from.toUpperCase()}`,
    "uco-core:objectCreatedTime": time(at),
    "uco-core:object": nodes.map(ref),
  };
  return `${JSON.stringify({ "@context": context, "@graph": [bundle, ...nodes] }, null, 2)}\n`;
}
