// The timeline of a space; a chunk of its own.
export { TimeLine as default } from "../../cases/contract/time-line.tsx";
