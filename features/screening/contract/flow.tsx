// The conversation as another room may show it: the field app asks the same questions without a line.
export { ScreeningFlow } from "../flow/flow.tsx";
export type { ScreeningFlowProps } from "../flow/flow.tsx";
export type { SaveAnswer, Saved } from "../flow/saving.tsx";
export { useSpoken } from "../flow/spoken.tsx";
export { everyText } from "../flow/texts.ts";
export { ScreeningOnPhone, WholeScreening } from "../flow/whole.tsx";
export type { PhoneProps, WholeProps } from "../flow/whole.tsx";
