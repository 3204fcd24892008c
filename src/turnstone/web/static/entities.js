// Entities: what the data knows completes a name that is typed; a page that waits loads itself again.
"use strict";
(() => {
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches || !field.matches("[data-entities]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`/api/entities/known?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok) return;
      const found = await answer.json();
      document.getElementById(field.getAttribute("list")).replaceChildren(...found.map((one) => {
        const option = document.createElement("option");
        option.value = one.entity_id;
        option.label = [one.known_as === one.name ? one.name : `${one.known_as}: ${one.name}`, one.what, one.country].filter(Boolean).join(", ");
        return option;
      }));
    }, 150);
  });
  const list = document.getElementById("office-country");
  if (list) list.addEventListener("change", () => list.form.requestSubmit());
  window.turnstone.onPage("looking", (element) => {
    setTimeout(() => location.reload(), Number(element.dataset.reload));
  });
})();
