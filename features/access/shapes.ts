// What the access routes take and give, described once for checking and for the interface's own page.
import { z } from "@simpul/doors/http";
import { agencyKinds, Id, purposes, roles } from "@simpul/model";

/** A record's identifier, parsed at the door. */
export const IdShape = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .transform((text) => Id.parse(text));
const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);
export const NameShape = z.string().min(1).max(200);
export const LanguageShape = z.string().regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** An authenticator's answer as browsers give it; its inside is checked by the WebAuthn library. */
const AnswerShape = z.object({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  response: z.record(z.string().max(40), z.unknown()),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
});
export const ShownShape = z.object({ id: IdShape, response: AnswerShape });
export const CreatedShape = ShownShape.extend({ name: z.string().min(1).max(100) });
/** Options for the browser's WebAuthn call, as the WebAuthn Recommendation writes them in JSON. */
export const AskedShape = z.object({ id: z.string(), options: z.object({ challenge: z.string() }) });

export const CodeShape = z.object({ code: z.string().min(1).max(40) });
export const StepUpShape = z.object({
  act: z.string().max(60),
  record: z.string().regex(/^[a-z0-9-]{2,60}$/),
});
export const PresentShape = z.object({
  publicKey: base64url(43).min(43),
  name: z.string().min(1).max(100),
  signature: base64url(86).min(86),
});
export const StandingShape = z.object({
  desk: IdShape.optional(),
  purpose: z.enum(purposes).optional(),
  language: LanguageShape.optional(),
});

/** The address of a page of this node, without the node. */
export const PrintedShape = z.object({
  page: z
    .string()
    .max(500)
    .regex(/^\/[^\p{Cc}]*$/u),
});

const Named = z.object({ id: z.string(), name: z.string(), nameLatin: z.string().nullable() });
const AgencyView = Named.extend({ kind: z.enum(agencyKinds) });
export const DeskShape = Named.extend({ agency: AgencyView });
export const SessionShape = z
  .object({
    id: z.string(),
    node: z.object({ code: z.string(), name: z.string(), exercise: z.boolean() }),
    officer: Named.extend({
      number: z.string(),
      desk: Named,
      agency: AgencyView,
      roles: z.array(z.enum(roles)),
    }),
    desks: z.array(Named),
    purpose: z.enum(purposes),
    purposes: z.array(z.enum(purposes)),
    language: z.string(),
    device: z.string().nullable(),
    provenAt: z.string().nullable(),
    endsAt: z.string(),
  })
  .openapi("Session");
export const ColleagueShape = Named.extend({
  number: z.string(),
  left: z.boolean(),
  places: z.array(z.object({ desk: Named, agency: AgencyView, roles: z.array(z.enum(roles)) })),
}).openapi("Colleague");
export const ExerciseOfficerShape = Named.extend({
  number: z.string(),
  desk: Named,
  agency: AgencyView,
  roles: z.array(z.enum(roles)),
  membership: z.string(),
}).openapi("ExerciseOfficer");
export const BelongingsShape = z
  .object({
    passkeys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        addedAt: z.string(),
        lastUsedAt: z.string().nullable(),
        backedUp: z.boolean(),
      }),
    ),
    devices: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(["browser", "cli"]),
        name: z.string(),
        addedAt: z.string(),
        lastUsedAt: z.string().nullable(),
        revokedAt: z.string().nullable(),
        here: z.boolean(),
      }),
    ),
    sessions: z.array(
      z.object({
        id: z.string(),
        door: z.enum(["browser", "cli"]),
        method: z.enum(["passkey", "enrolment", "device", "exercise", "provider"]),
        desk: z.string(),
        startedAt: z.string(),
        seenAt: z.string(),
        endsAt: z.string(),
        device: z.string().nullable(),
        here: z.boolean(),
      }),
    ),
  })
  .openapi("Belongings");
export const WaitingShape = z.object({
  code: z.string(),
  name: z.string(),
  from: z.string(),
  fingerprint: z.string(),
  expiresAt: z.string(),
});

export const NewNamedShape = z.object({ name: NameShape, nameLatin: NameShape.optional() });
export const NewAgencyShape = NewNamedShape.extend({ kind: z.enum(agencyKinds) });
export const NewDeskShape = NewNamedShape.extend({ agency: IdShape });
export const NewOfficerShape = NewNamedShape.extend({
  number: z.string().min(1).max(40),
  language: LanguageShape,
});
export const PlaceShape = z.object({ desk: IdShape, roles: z.array(z.enum(roles)).min(1).max(8) });

/** `responses` with one JSON body. */
export const gives = <Shape extends z.ZodType>(schema: Shape, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
/** `request.body` of JSON. */
export const takes = <Shape extends z.ZodType>(schema: Shape) => ({
  body: { content: { "application/json": { schema } }, required: true },
});
export const done = { description: "done" } as const;
