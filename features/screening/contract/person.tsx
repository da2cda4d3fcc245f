// A person's screenings as a piece of page, for the room of victims too.
export { PersonScreenings } from "../pages/screenings.tsx";
