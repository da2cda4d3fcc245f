// Stands before pages of other rooms that read at an open desk: opens the desk in place.
export { Gate } from "../pages/gate.tsx";
