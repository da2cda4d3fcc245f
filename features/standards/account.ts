// What the standards know of a person's exploitation, in the standards' own codes: one sealed entry, followed by the next.
import { z } from "zod";

const text = (most: number) => z.string().max(most);
const code = z.string().regex(/^[A-Za-z0-9_]{1,80}$/);
const codes = z.array(code).max(60);

const EventShape = z.strictObject({
  type: code.nullable(),
  date: text(40),
  country: text(80),
  state: text(200),
  city: text(200),
  street: text(300),
  postal: text(40),
  latitude: text(40),
  longitude: text(40),
  description: text(8000),
});
export type TraffickingEvent = z.infer<typeof EventShape>;

export const AccountShape = z.strictObject({
  recruitment: codes,
  recruitmentApps: codes,
  recruitmentPlace: text(500),
  relation: code.nullable(),
  control: codes,
  controlInCentre: codes,
  exploitation: codes,
  exploitationApps: codes,
  exploitationPlace: text(500),
  industry: code.nullable(),
  sexExploitation: codes,
  forcedTo: codes,
  penalised: code.nullable(),
  ageWhenTrafficked: z.number().int().min(0).max(120).nullable(),
  maritalStatus: code.nullable(),
  children: z.number().int().min(0).max(40).nullable(),
  education: code.nullable(),
  deceased: z.boolean().nullable(),
  events: z.array(EventShape).max(50),
  /** Fields of the file it came from that have no place here, as they came. */
  carried: z.record(z.string().max(80), z.union([text(8000), z.array(text(8000)).max(60)])),
  /** Groups of it that repeat. */
  carriedGroups: z.record(z.enum(["cco", "spl"]), z.array(z.record(z.string().max(80), text(8000))).max(200)),
});
export type Account = z.infer<typeof AccountShape>;

export const noAccount: Account = {
  recruitment: [],
  recruitmentApps: [],
  recruitmentPlace: "",
  relation: null,
  control: [],
  controlInCentre: [],
  exploitation: [],
  exploitationApps: [],
  exploitationPlace: "",
  industry: null,
  sexExploitation: [],
  forcedTo: [],
  penalised: null,
  ageWhenTrafficked: null,
  maritalStatus: null,
  children: null,
  education: null,
  deceased: null,
  events: [],
  carried: {},
  carriedGroups: { cco: [], spl: [] },
};
