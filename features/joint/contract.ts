// What others may know of joint spaces: the note that is their policy, what lies in them, their refusals and doors.
export * from "./contract/agreement.ts";
export * from "./contract/clauses.ts";
export * from "./contract/note.ts";
export * from "./contract/things.ts";
export * from "./contract/note-lines.ts";
export * from "./contract/note-words.ts";
export * from "./contract/views.ts";
export * from "./contract/refusals.ts";
