// The host first: it takes the token out of the address before anybody reads a page's name there.
import "./current.ts";
import { mount } from "svelte";
import "../styles/base.css";
import { wear } from "../shell/theme.svelte.ts";
import App from "./App.svelte";

const page = document.querySelector("#page");

if (page) {
  wear();
  mount(App, { target: page });
}
