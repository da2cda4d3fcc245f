// The questions on the phone: the same conversation as at the desk, handed to the field app.
export { ScreeningOnPhone as Flow } from "@simpul/features/screening/contract/flow.tsx";
