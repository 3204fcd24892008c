// SQL: the query goes into the address, Ctrl+Enter runs it, and its rows become a chart.
"use strict";
(() => {
  const { data, token, number, plain } = window.turnstone;
  const form = document.getElementById("sql");
  const drawing = document.getElementById("drawing");
  const field = document.getElementById("q");
  let chart = null;
  const shownNumber = (value) => number(value, 6);

  const address = () => {
    const query = new URLSearchParams();
    if (field.value.trim()) query.set("q", field.value);
    if (drawing && drawing.elements.chart.value) {
      for (const name of ["chart", "x", "y", "series"]) {
        if (drawing.elements[name].value) query.set(name, drawing.elements[name].value);
      }
    }
    history.replaceState(null, "", `/sql?${query}`);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    // What the chart shows is kept for the next rows.
    if (!drawing) return;
    for (const name of ["chart", "x", "y", "series"]) {
      let kept = form.elements[name];
      if (!kept) {
        kept = document.createElement("input");
        kept.type = "hidden";
        kept.name = name;
        form.append(kept);
      }
      kept.value = drawing.elements[name].value;
    }
  });
  if (!drawing) {
    if (field.value && document.querySelector(".fault")) address();
    return;
  }

  const { columns, types, rows } = data("sql-data");
  const isNumber = (at) => /^(u?int|double|float|decimal)/.test(types[at]);
  const asked = new URLSearchParams(location.search);
  const first = columns.findIndex((_, at) => !isNumber(at));
  const counted = columns.findIndex((_, at) => isNumber(at) && at > 0);
  const chosen = (name) => drawing.elements[name].querySelector("option[selected]");
  for (const name of ["chart", "x", "y", "series"]) {
    const value = asked.get(name);
    if (value && [...drawing.elements[name].options].some((one) => one.value === value)) drawing.elements[name].value = value;
    else if (!chosen(name) && name === "x") drawing.elements.x.selectedIndex = Math.max(0, first);
    else if (!chosen(name) && name === "y") drawing.elements.y.selectedIndex = columns.length > 1 && counted > 0 ? counted : columns.length - 1;
  }
  const draw = () => {
    const element = document.getElementById("sql-chart");
    const kind = drawing.elements.chart.value;
    if (chart) chart.dispose();
    chart = null;
    element.removeAttribute("data-drawn");
    if (!kind) return;
    const at = (name) => columns.indexOf(drawing.elements[name].value);
    const [x, y, by] = [at("x"), at("y"), at("series")];
    const value = (row) => (typeof row[y] === "number" ? row[y] : row[y] === null ? null : Number(row[y]));
    const groups = new Map();
    for (const row of rows) {
      const name = by < 0 ? columns[y] : String(row[by]);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push([kind === "scatter" && isNumber(x) ? row[x] : String(row[x]), value(row)]);
    }
    const names = [...new Set(rows.map((row) => String(row[x])))];
    const style = (name) => token(name);
    const colours = ["--quad-2", "--quad-4", "--quad-1", "--quad-3", "--quad-0"].map(style);
    const font = getComputedStyle(document.body).fontFamily;
    element.dataset.drawn = "yes";
    const inside = document.createElement("div");
    inside.className = "fill";
    element.replaceChildren(inside);
    chart = window.echarts.init(inside, null, { renderer: "canvas" });
    const shown = [...groups].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).slice(0, 20);
    chart.setOption({
      animation: false, color: colours, textStyle: { fontFamily: font },
      grid: { left: 56, right: 12, top: shown.length > 1 ? 36 : 12, bottom: 48 },
      legend: shown.length > 1 ? { top: 0, textStyle: { color: style("--ink") } } : undefined,
      tooltip: {
        valueFormatter: (found) => (typeof found === "number" ? shownNumber(found) : plain(String(found ?? "–"))),
        renderMode: "richText", trigger: kind === "scatter" ? "item" : "axis", confine: true, borderWidth: 1,
        backgroundColor: style("--raised"), borderColor: style("--rule-strong"), textStyle: { color: style("--ink"), fontFamily: font, fontSize: 13 },
      },
      xAxis: kind === "scatter" && isNumber(x)
        ? { type: "value", name: columns[x], nameLocation: "middle", nameGap: 28, axisLabel: { color: style("--soft") }, splitLine: { show: false } }
        : { type: "category", data: names, axisLabel: { color: style("--soft"), hideOverlap: true, width: 90, overflow: "truncate" }, axisLine: { lineStyle: { color: style("--rule-strong") } } },
      yAxis: { type: "value", axisLabel: { color: style("--soft"), formatter: shownNumber }, splitLine: { lineStyle: { color: style("--rule") } } },
      series: shown.map(([name, points]) => ({ name, type: kind, data: points, showSymbol: points.length < 60, emphasis: { disabled: true } })),
    });
  };
  drawing.addEventListener("change", () => { draw(); address(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  window.addEventListener("resize", () => { if (chart) chart.resize(); });
  draw();
  address();
})();
