// The look: calm, fast, serious. One accent that passes AA on both themes; red belongs to one button alone.
import { createTheme } from "@mantine/core";
import type { CSSVariablesResolver, MantineColorsTuple } from "@mantine/core";
import { scriptFonts } from "@simpul/doors/i18n";

const tide: MantineColorsTuple = [
  "#e6f4f6",
  "#cfe7eb",
  "#a3d0d8",
  "#76bac6",
  "#5cb0be",
  "#2f8d9d",
  "#1b7585",
  "#0f6272",
  "#0c5462",
  "#06404c",
];

/** Mantine's own greys of the dark theme are warm; these belong to the accent. */
const night: MantineColorsTuple = [
  "#e4e7ea",
  "#c3c9d0",
  "#aab3bc",
  "#8a949e",
  "#4a525b",
  "#363c43",
  "#22272c",
  "#1c2024",
  "#16191c",
  "#111315",
];

/** Scripts besides Latin follow it, so that one line may mix them. */
const family = [...Object.values(scriptFonts).map((name) => `"${name}"`), "system-ui", "sans-serif"].join(
  ", ",
);

export const theme = createTheme({
  colors: { tide, dark: night },
  primaryColor: "tide",
  primaryShade: { light: 7, dark: 7 },
  fontFamily: family,
  headings: { fontFamily: family, fontWeight: "600" },
  defaultRadius: "sm",
  respectReducedMotion: true,
  cursorType: "pointer",
  fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  // Khmer and Burmese stack signs above and below the line.
  lineHeights: { xs: "1.5", sm: "1.5", md: "1.55", lg: "1.6", xl: "1.65" },
  components: {
    Notification: { defaultProps: { withBorder: true } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, withinPortal: true } },
    Modal: { defaultProps: { centered: true } },
  },
});

/** Mantine's own dimmed, placeholder and error tones fail AA; these are measured (see the axe runs). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#515b66",
    "--mantine-color-placeholder": "#5f6973",
    "--mantine-color-error": "#a32015",
    "--mantine-color-text": "#16191d",
    "--s-line": "#d5dade",
    "--s-ground": "#f5f7f8",
    "--s-raised": "#ffffff",
    "--s-good": "#0d6b3d",
    "--s-wait": "#7a4b00",
    "--s-bad": "#a32015",
    "--s-accent": "#0c5462",
    "--s-accent-soft": "#e6f4f6",
    "--s-leave": "#b3261e",
    "--s-exercise": "#5a3d8a",
  },
  dark: {
    "--mantine-color-dimmed": "#aab3bc",
    "--mantine-color-placeholder": "#98a2ac",
    "--mantine-color-error": "#ff9d92",
    "--mantine-color-text": "#e4e7ea",
    "--mantine-color-body": "#16191c",
    "--mantine-color-anchor": "#76bac6",
    "--s-line": "#363c43",
    "--s-ground": "#111315",
    "--s-raised": "#1c2024",
    "--s-good": "#7fd3a4",
    "--s-wait": "#efc072",
    "--s-bad": "#ff9d92",
    "--s-accent": "#8ccbd5",
    "--s-accent-soft": "#17333a",
    "--s-leave": "#b3261e",
    "--s-exercise": "#6d4fa3",
  },
});
