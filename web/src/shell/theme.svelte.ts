import { backend } from "../backend/current.ts";
import { readTheme, type Theme } from "./theme.ts";

let chosen = $state<Theme>(readTheme(backend.recall("theme")));

export const theme = {
  get chosen(): Theme {
    return chosen;
  },
};

export function choose(next: Theme): void {
  chosen = next;
  backend.remember("theme", next);
  wear(next);
}

/** The tokens follow `color-scheme`; without one they follow the system. */
export function wear(next: Theme = chosen): void {
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
}
