// The conversation as another room may show it: the field app asks the same questions without a line.
export { useSpoken } from "../flow/spoken.tsx";
export { ScreeningOnPhone, WholeScreening } from "../flow/whole.tsx";
