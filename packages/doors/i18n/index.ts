// Languages, words and times: the same for pages, server and commands.
export * from "./both.ts";
export * from "./locales.ts";
export * from "./times.ts";
export * from "./words.ts";
