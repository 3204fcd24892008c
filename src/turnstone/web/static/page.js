// What every page does: links marked data-swap change the page in place, and forms sent by htmx carry its token.
"use strict";
(() => {
  const scripts = new Map();
  const months = "January February March April May June July August September October November December".split(" ");
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
    // Days as the pages write them: 3 March 2023, 28 February – 6 March 2023; a step of a month or year by its name.
    days(first, last, step) {
      const [year, month, day] = first.split("-").map(Number);
      const [toYear, toMonth, toDay] = last.split("-").map(Number);
      if (step === "year") return String(year);
      if (step === "month") return `${months[month - 1]} ${year}`;
      const end = `${toDay} ${months[toMonth - 1]} ${toYear}`;
      if (first === last) return end;
      if (year !== toYear) return `${day} ${months[month - 1]} ${year} – ${end}`;
      return month === toMonth ? `${day}–${end}` : `${day} ${months[month - 1]} – ${end}`;
    },
    // The beginning of a step, short enough for an axis.
    tick(first, step) {
      const [year, month, day] = first.split("-").map(Number);
      const name = months[month - 1].slice(0, 3);
      return step === "year" ? String(year) : step === "month" ? `${name} ${year}` : `${day} ${name} ${year}`;
    },
    number(value, digits = 1) {
      return value.toLocaleString("en", { maximumFractionDigits: digits }).replace(/,/g, "\u202f").replace("-", "\u2212");
    },
    // Without the signs that turn the direction of what follows.
    plain(text) {
      return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
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
