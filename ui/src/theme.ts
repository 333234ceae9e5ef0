import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from "@mantine/core";

/** Deep water: what one acts on. */
const tide: MantineColorsTuple = [
  "#e9f5f8",
  "#d2e9f0",
  "#a5d3e1",
  "#73bbd0",
  "#52b6cf",
  "#2f98b4",
  "#177f9b",
  "#0c6780",
  "#0a5469",
  "#073b4a",
];

/** Harbour stone: text, lines and surfaces in light. */
const gray: MantineColorsTuple = [
  "#f6f8f9",
  "#eef1f3",
  "#e3e8eb",
  "#d3dade",
  "#b6c1c7",
  "#8a98a1",
  "#566670",
  "#3d4b54",
  "#26323a",
  "#131c22",
];

/** Night water: text, lines and surfaces in dark. */
const dark: MantineColorsTuple = [
  "#dbe4e8",
  "#bcc8ce",
  "#93a3ac",
  "#6b7c86",
  "#33424b",
  "#253139",
  "#172026",
  "#0e1519",
  "#0a1013",
  "#070b0d",
];

const green: MantineColorsTuple = [
  "#e8f6ee",
  "#cdebda",
  "#9dd7b6",
  "#68c18f",
  "#4bbd7d",
  "#279a5d",
  "#18844c",
  "#116b3d",
  "#0c5530",
  "#083b21",
];

const red: MantineColorsTuple = [
  "#fdefed",
  "#fadbd7",
  "#f3b5ad",
  "#ee9085",
  "#f0796b",
  "#dc4c3c",
  "#c63a2b",
  "#a92d20",
  "#872318",
  "#5f1810",
];

/** The colour of the rope in the mark, and of what needs attention soon. */
const amber: MantineColorsTuple = [
  "#fdf3e4",
  "#fae4c3",
  "#f4c98a",
  "#ecae54",
  "#e6a23f",
  "#cf8217",
  "#a9660a",
  "#8a5207",
  "#6d4006",
  "#4b2c04",
];

export const theme = createTheme({
  primaryColor: "tide",
  primaryShade: { light: 7, dark: 6 },
  colors: { tide, gray, dark, green, red, amber },
  white: "#ffffff",
  black: "#131c22",
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  radius: { xs: "2px", sm: "4px", md: "4px", lg: "6px", xl: "8px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250 } },
    // A place that only takes the focus is no item, and a menu may hold nothing else.
    Menu: { defaultProps: { shadow: "md", radius: "lg", withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: { defaultProps: { centered: true, radius: "xl", overlayProps: { backgroundOpacity: 0.5 } } },
  },
});

/** Berth's own variables beside Mantine's; styles.css gives the rest. */
export const cssVariables: CSSVariablesResolver = (used) => ({
  variables: {},
  light: {
    "--mantine-color-body": used.colors.gray[0] ?? "",
    "--mantine-color-text": used.black,
    "--mantine-color-dimmed": used.colors.gray[6] ?? "",
    "--mantine-color-placeholder": used.colors.gray[6] ?? "",
    "--mantine-color-error": used.colors.red[7] ?? "",
    "--mantine-color-anchor": used.colors.tide?.[7] ?? "",
    "--mantine-color-default-border": used.colors.gray[3] ?? "",
    "--mantine-color-red-light-color": used.colors.red[7] ?? "",
    "--mantine-color-tide-light-color": used.colors.tide?.[7] ?? "",
    "--mantine-color-red-light-hover": used.colors.red[1] ?? "",
    "--mantine-color-tide-light-hover": used.colors.tide?.[1] ?? "",
  },
  dark: {
    "--mantine-color-body": used.colors.dark[7] ?? "",
    "--mantine-color-text": used.colors.dark[0] ?? "",
    "--mantine-color-dimmed": used.colors.dark[2] ?? "",
    "--mantine-color-placeholder": used.colors.dark[2] ?? "",
    "--mantine-color-error": used.colors.red[4] ?? "",
    "--mantine-color-anchor": used.colors.tide?.[4] ?? "",
    "--mantine-color-default": used.colors.dark[6] ?? "",
    "--mantine-color-default-hover": used.colors.dark[5] ?? "",
    "--mantine-color-default-border": used.colors.dark[4] ?? "",
    "--mantine-color-red-light-color": used.colors.red[4] ?? "",
    "--mantine-color-tide-light-color": used.colors.tide?.[4] ?? "",
  },
});

/** public/color-scheme.js reads the same key before the first paint. */
export const colorScheme = localStorageColorSchemeManager({ key: "berth-color-scheme" });
