// Small shapes of what comes from outside: text, codes, days, numbers of cases.
import { z } from "zod";
import { clean } from "@simpul/doors/http";
import { most } from "./rules.ts";

/** Control characters break logs and some readers; tabs and line breaks are text. */
export const text = clean(most.text);
export const line = clean(most.line);
export const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
export const codeOrNone = z.union([code, z.literal("")]);
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
export const caseRef = z.string().regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F-]{36})$/);
