"use strict";
// What every page shares: the panel for sources, announcements, printing, the CSRF token for scripts.

const panel = document.getElementById("panel");

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id === "panel-body") event.detail.elt.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target;
  if (target.id !== "panel-body") return;
  event.detail.requestConfig.elt.removeAttribute("aria-busy");
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
});

document.addEventListener("htmx:sendError", () => {
  announce(document.documentElement.lang === "en" ? "The server cannot be reached." : "连不上服务器。");
});

// A press beside the panel closes it.
panel.addEventListener("click", (event) => {
  if (event.target === panel) panel.close();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("button.print")) window.print();
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function announce(said) {
  document.getElementById("announce").textContent = said;
}
