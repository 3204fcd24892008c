// From event to event by keyboard: j and k, o opens. Works on a report and on an event.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const direct = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (direct) {
    event.preventDefault();
    direct.click();
    return;
  }
  const links = [...document.querySelectorAll("[data-event]")];
  if (!links.length || !["j", "k", "o"].includes(event.key)) return;
  event.preventDefault();
  if (event.key === "o") {
    const open = document.querySelector("[data-open]");
    if (open) open.click();
    return;
  }
  const now = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = now < 0 ? (event.key === "j" ? 0 : links.length - 1) : now + (event.key === "j" ? 1 : -1);
  if (links[next]) location.assign(links[next].href);
});
window.turnstone.onPage("chosen", (element) => {
  const box = element.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight) element.scrollIntoView({ block: "center" });
});
