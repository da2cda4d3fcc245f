// How the phone seals: the victim desk's own way, handed to the field app.
import { sealEntry } from "@simpul/features/victims/sealing.ts";
import type { Seal } from "@simpul/features/field/pages/app/flow.ts";

export const seal: Seal = sealEntry as unknown as Seal;
