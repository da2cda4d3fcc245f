// The exercise's story, for those who tell it again: the demo, tests, shipped exercises.
export * from "./story/facts.ts";
export { people } from "./story/people.ts";
export type { StoryAgency, StoryDesk, StoryNode, StoryOfficer } from "./story/people.ts";
export { cases } from "./story/cases.ts";
export { tellCase, tellPeople, tellStory } from "./story/tell.ts";
