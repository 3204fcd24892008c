// What every page does: links marked data-swap change the page in place, and forms sent by htmx carry its token.
"use strict";
(() => {
  const scripts = new Map();
  window.turnstone = {
    // Calls `start` for the page that is shown, and for each that is swapped in, if it has an element of this id.
    onPage(id, start) {
      const begin = () => {
        const element = document.getElementById(id);
        if (element && scripts.get(id) !== element) {
          scripts.set(id, element);
          start(element);
        }
      };
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
      else begin();
      document.addEventListener("htmx:after:swap", begin);
    },
    data(id) {
      const element = document.getElementById(id);
      return element ? JSON.parse(element.textContent) : null;
    },
    show(address) {
      return window.htmx.ajax("GET", address, { target: "#main", select: "#main", swap: "outerHTML", push: address });
    },
    token(name) {
      return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    },
  };
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx && event.detail.ctx.request;
    const token = document.querySelector('meta[name="form-token"]');
    if (request && token) request.headers["X-Form-Token"] = token.content;
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest("a[data-swap]");
    if (!link || !window.htmx) return;
    event.preventDefault();
    window.turnstone.show(link.getAttribute("href"));
  });
  // On a narrow screen the list comes first.
  window.turnstone.onPage("facets", (element) => { element.open = window.innerWidth > 896; });
  window.turnstone.onPage("preparing", (element) => {
    setTimeout(() => location.reload(), Number(element.dataset.reload));
  });
  // A form that takes a while says so, and is not sent twice.
  document.addEventListener("submit", (event) => {
    const busy = event.target.querySelector("button[data-busy]");
    if (!busy || event.defaultPrevented) return;
    const before = busy.textContent;
    setTimeout(() => { busy.disabled = true; busy.textContent = busy.dataset.busy; });
    window.addEventListener("pageshow", () => { busy.disabled = false; busy.textContent = before; });
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Copied";
    } catch {
      window.getSelection().selectAllChildren(source);
      button.textContent = "Selected: press Ctrl+C";
    }
    setTimeout(() => { button.textContent = before; }, 2000);
  });
})();
