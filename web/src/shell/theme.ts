export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** What was remembered, where it still means something. */
export function readTheme(remembered: string | null): Theme {
  return THEMES.find((theme) => theme === remembered) ?? "system";
}
