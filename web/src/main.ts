import { mount } from "svelte";
import "./styles/base.css";
import { keepOffline } from "./offline/register.ts";
import App from "./shell/App.svelte";
import { wear } from "./shell/theme.svelte.ts";
import { load } from "./wasm/index.ts";

const page = document.querySelector("#page");

/** Nothing is shown before the inspector is there, but words. */
async function begin(target: Element): Promise<void> {
  wear();
  target.textContent = "Loading the inspector …";
  try {
    await load();
  } catch (error) {
    target.textContent = `The inspector (WebAssembly) could not be loaded: ${String(error)}. Reload the page to try again.`;
    return;
  }
  target.textContent = "";
  mount(App, { target });
  void keepOffline();
}

if (page) void begin(page);
