// Review: keys, the fields of a correction, picking words of the report, completing names.
"use strict";
window.turnstone.onPage("review", (root) => {
  const data = window.turnstone.data("report-data");
  const answer = root.querySelector("#answer");
  const press = (id) => { const button = root.querySelector(id); if (button) button.click(); };

  // --- keys
  const panel = root.querySelector("#correct");
  const opener = root.querySelector("#open-correct");
  const open = (to) => {
    if (!panel) return;
    panel.hidden = !to;
    opener.setAttribute("aria-expanded", String(to));
    if (to) panel.querySelector("select").focus(); else opener.focus();
  };
  if (opener) {
    opener.addEventListener("click", () => open(panel.hidden));
    root.querySelector("#close-correct").addEventListener("click", () => open(false));
  }
  const isField = (element) => element && element.matches && element.matches("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (!root.isConnected || event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && answer && answer.contains(event.target)) {
      event.preventDefault();
      press(panel.hidden ? "#accept" : "#save");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (isField(event.target)) event.target.blur();
      else if (panel && !panel.hidden) open(false);
      return;
    }
    if (isField(event.target) || event.target.closest("[data-picker]") || event.repeat) return;
    const keys = {
      a: () => press("#accept"), r: () => press("#reject"), c: () => open(true), s: () => press("#skip"), u: () => press("#undo"),
      n: () => { const note = root.querySelector("#note"); if (note) note.focus(); },
      m: () => { const missing = root.querySelector("#missing"); if (missing) { missing.open = true; missing.querySelector("[data-pick]").focus(); } },
    };
    const key = event.key.toLowerCase();
    if (Object.hasOwn(keys, key)) { event.preventDefault(); keys[key](); }
  });
  // One answer is one answer, however often the button is pressed.
  root.querySelectorAll("form[method=post]").forEach((form) => form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  }));
  window.addEventListener("pageshow", () => root.querySelectorAll("form").forEach((form) => { delete form.dataset.sent; }));
  if (data) root.querySelectorAll("[data-editor]").forEach((editor) => edit(editor, data));

  // --- the fields of an event
  function edit(editor, report) {
    const part = (row, name) => row.querySelector(`[data-part="${name}"]`);
    const put = (row, values) => Object.entries(values).forEach(([name, value]) => {
      const field = part(row, name);
      if (field) field.value = value === null || value === undefined ? "" : value;
    });

    const type = editor.querySelector("[data-type]");
    const status = editor.querySelector("[data-status]");
    const say = () => {
      editor.querySelector("[data-definition]").textContent = report.choices.types[type.value] || "";
      editor.querySelector("[data-status-definition]").textContent = report.choices.statuses[status.value] || "";
      let any = false;
      editor.querySelectorAll("[data-modes-of]").forEach((modes) => {
        const shown = modes.dataset.modesOf === type.value;
        any = any || shown;
        modes.hidden = !shown;
        modes.querySelectorAll("input").forEach((one) => { one.disabled = !shown; });
      });
      editor.querySelector("[data-modes]").hidden = !any;
    };
    type.addEventListener("change", say);
    status.addEventListener("change", say);
    say();

    const first = editor.querySelector("[name=first_day]"), last = editor.querySelector("[name=last_day]");
    first.addEventListener("change", () => { if (last.value < first.value) last.value = first.value; });

    // participants
    editor.querySelectorAll("[data-parties]").forEach((side) => {
      const template = side.querySelector("template");
      let next = side.querySelectorAll("[data-row]").length;
      side.querySelector("[data-add]").addEventListener("click", () => {
        const row = template.content.querySelector("[data-row]").cloneNode(true);
        row.querySelectorAll("[name]").forEach((field) => { field.name = field.name.replace(".99.", `.${next}.`); });
        next += 1;
        template.before(row);
        part(row, "name").focus();
      });
    });
    editor.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-remove]");
      if (remove) {
        const side = remove.closest("[data-parties]");
        remove.closest("[data-row]").remove();
        side.querySelector("[data-add]").focus();
      }
      const pick = event.target.closest("[data-pick]");
      if (pick) picking(pick);
    });

    // place and speaker out of the report
    const places = editor.querySelector("[data-places]");
    if (places) places.addEventListener("change", () => {
      const chosen = places.selectedOptions[0];
      if (!chosen.dataset.place) return;
      const place = JSON.parse(chosen.dataset.place), row = places.closest("[data-row]");
      put(row, place);
      row.querySelector("[data-words]").textContent = `“${place.text}”`;
      places.value = "";
    });
    const named = editor.querySelector("[data-place-name]");
    named.addEventListener("input", () => put(named.closest("[data-row]"), { geonames_id: "", latitude: "", longitude: "", resolution: "" }));
    const speakers = editor.querySelector("[data-speakers]");
    if (speakers) speakers.addEventListener("change", () => {
      if (!speakers.value) return;
      put(speakers.closest("[data-row]"), { name: speakers.value, entity_id: speakers.selectedOptions[0].dataset.entity, start: "", end: "", text: "" });
      speakers.value = "";
    });

    // --- picking words: offsets count characters (code points), as the record's do
    const picker = editor.querySelector("[data-picker]");
    const says = picker.querySelector("[data-picker-says]");
    const area = picker.querySelector("[data-picker-words]");
    let target = null, begun = null, buttons = [];
    function words() {
      let at = report.start, from = 0;
      const pieces = report.text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[’'.\-&][\p{L}\p{N}\p{M}]+)*/gu);
      for (const piece of pieces) {
        const between = report.text.slice(from, piece.index);
        area.append(between);
        at += [...between].length;
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = piece[0];
        button.tabIndex = -1;
        button.dataset.start = at;
        at += [...piece[0]].length;
        button.dataset.end = at;
        area.append(button);
        from = piece.index + piece[0].length;
      }
      area.append(report.text.slice(from));
      buttons = [...area.querySelectorAll("button")];
    }
    const focus = (index) => {
      const button = buttons[Math.max(0, Math.min(buttons.length - 1, index))];
      if (!button) return;
      buttons.forEach((one) => { one.tabIndex = -1; });
      button.tabIndex = 0;
      button.focus();
    };
    function picking(button) {
      if (!buttons.length) words();
      target = { row: button.closest("[data-row]"), button };
      begun = null;
      says.textContent = "Choose the first word, then the last (the same again for one word).";
      button.closest(".row, .party-row").after(picker);
      picker.hidden = false;
      const start = Number(part(target.row, "start").value || report.trigger || 0);
      focus(Math.max(0, buttons.findIndex((one) => Number(one.dataset.end) > start)));
    }
    const leave = () => {
      picker.hidden = true;
      buttons.forEach((one) => one.classList.remove("first"));
      if (target) target.button.focus();
      target = null;
    };
    area.addEventListener("click", (event) => {
      const word = event.target.closest("button");
      if (!word || !target) return;
      if (begun === null) {
        begun = word;
        word.classList.add("first");
        says.textContent = "Now the last word.";
        return;
      }
      const start = Math.min(Number(begun.dataset.start), Number(word.dataset.start));
      const end = Math.max(Number(begun.dataset.end), Number(word.dataset.end));
      const text = [...report.text].slice(start - report.start, end - report.start).join("");
      const { row } = target;
      put(row, { start, end, text });
      const name = part(row, "name");
      if (name && (!name.value || row.dataset.picked)) {
        name.value = text.replace(/\s+/g, " ");
        row.dataset.picked = "yes";
        put(row, { entity_id: "", geonames_id: "", latitude: "", longitude: "", resolution: "" });
      }
      row.querySelector("[data-words]").textContent = `“${text.replace(/\s+/g, " ")}”`;
      leave();
    });
    picker.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1, ArrowDown: at + 8, ArrowUp: at - 8 };
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(); }
      else if (event.key in moves && at >= 0) { event.preventDefault(); focus(moves[event.key]); }
    });

    // --- completing names
    editor.addEventListener("input", (event) => {
      const input = event.target.closest("[data-complete]");
      if (!input) return;
      delete input.closest("[data-row]").dataset.picked;
      put(input.closest("[data-row]"), { entity_id: "" });
      clearTimeout(input.wait);
      input.wait = setTimeout(() => complete(input), 150);
    });
    async function complete(input) {
      close(input);
      const words = input.value.trim();
      if (words.length < 2) return;
      const found = await fetch(`/api/review/names?${new URLSearchParams({ q: words, day: report.day })}`).then((answered) => answered.json()).catch(() => []);
      if (input.value.trim() !== words || !Array.isArray(found) || !found.length || document.activeElement !== input) return;
      const list = document.createElement("ul");
      list.setAttribute("role", "listbox");
      list.id = `list-${Math.random().toString(36).slice(2)}`;
      found.forEach((one, index) => {
        const item = document.createElement("li");
        item.setAttribute("role", "option");
        item.id = `${list.id}-${index}`;
        item.setAttribute("aria-selected", "false");
        item.append(one.name === one.known_as ? one.name : `${one.name} (${one.known_as})`);
        const more = document.createElement("span");
        more.className = "quiet";
        more.textContent = [one.country, one.sectors.join(" "), one.what].filter(Boolean).join(" · ");
        item.append(more);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(input, one); });
        list.append(item);
      });
      list.found = found;
      input.after(list);
      input.setAttribute("aria-expanded", "true");
      input.setAttribute("aria-controls", list.id);
    }
    function choose(input, one) {
      put(input.closest("[data-row]"), { name: one.name, entity_id: one.entity_id, country: one.country, sectors: one.sectors.join(" "), kind: "" });
      close(input);
    }
    function close(input) {
      const list = input.parentElement.querySelector("ul");
      if (list) list.remove();
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", "false");
    }
    editor.addEventListener("keydown", (event) => {
      const input = event.target.closest("[data-complete]");
      const list = input && input.parentElement.querySelector("ul");
      if (!list) return;
      const items = [...list.children], at = items.findIndex((one) => one.getAttribute("aria-selected") === "true");
      const mark = (to) => {
        items.forEach((one, index) => one.setAttribute("aria-selected", String(index === to)));
        items[to].scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", items[to].id);
      };
      if (event.key === "ArrowDown") { event.preventDefault(); mark((at + 1) % items.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark((at - 1 + items.length) % items.length); }
      else if (event.key === "Enter" && at >= 0 && !event.ctrlKey) { event.preventDefault(); choose(input, list.found[at]); }
      else if (event.key === "Escape") { event.preventDefault(); close(input); }
    });
    editor.addEventListener("focusout", (event) => { const input = event.target.closest("[data-complete]"); if (input) close(input); });
    editor.querySelectorAll("[data-complete]").forEach((input) => { input.setAttribute("role", "combobox"); input.setAttribute("aria-autocomplete", "list"); input.setAttribute("aria-expanded", "false"); });
    // Enter in a field is no verdict.
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.defaultPrevented && event.target.matches("input")) event.preventDefault();
    });
  }
});
