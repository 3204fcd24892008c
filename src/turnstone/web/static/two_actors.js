// Two actors: names are completed while they are typed, and a bar of the time line opens the events under it.
"use strict";
(() => {
  const { onPage, data, token, days, tick, number, plain } = window.turnstone;
  const classes = ["no class", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let shown = null;

  let waiting = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches || !field.matches("[data-actors]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`/api/actors?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok) return;
      const found = await answer.json();
      document.getElementById(field.getAttribute("list")).replaceChildren(...found.map((one) => {
        const option = document.createElement("option");
        option.value = one.value;
        option.label = one.title === one.value ? `${number(one.events)} as actor` : `${one.title}, ${number(one.events)} as actor`;
        return option;
      }));
    }, 150);
  });

  const under = async (side, first, last) => {
    const query = new URLSearchParams(location.search);
    query.set("side", side);
    query.set("from", first);
    query.set("to", last);
    query.delete("measure");
    query.delete("within");
    const address = `/two-actors/events?${query}`;
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const place = document.getElementById("under");
    const list = page.getElementById("pair-events");
    if (!place || !list) return;
    const title = document.createElement("h2");
    const whole = document.createElement("a");
    whole.href = address;
    whole.textContent = page.querySelector("h1").textContent;
    title.append(whole, ` · ${days(first, last)}`);
    place.replaceChildren(title, document.adoptNode(list));
    place.tabIndex = -1;
    place.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  };

  const draw = (element) => {
    const { bins, step, measure, titles } = data("pair-data");
    const sides = element.dataset.sides.split(" ");
    if (shown) shown.dispose();
    const inside = document.createElement("div");
    inside.className = "fill";
    element.replaceChildren(inside);
    shown = window.echarts.init(inside, null, { renderer: "canvas" });
    const font = getComputedStyle(document.body).fontFamily;
    const [ink, soft, rule, strong, paper] = ["--ink", "--soft", "--rule", "--rule-strong", "--raised"].map(token);
    const colours = [0, 1, 2, 3, 4].map((quad) => token(`--quad-${quad}`));
    const label = (at) => days(bins[at][0], bins[at][1], step);
    const names = bins.map((_, at) => label(at));
    const value = (bin, side, quad) => (bin[4] ? bin[4][side][quad] : null);
    const gaps = [];
    bins.forEach((bin, at) => {
      if (bin[3]) return;
      if (gaps.length && gaps[gaps.length - 1][1] === at - 1) gaps[gaps.length - 1][1] = at;
      else gaps.push([at, at]);
    });
    const reach = (sign) => Math.max(0, ...bins.flatMap((bin) => sides.map((side) => {
      if (!bin[4]) return 0;
      const of = bin[4][side];
      if (measure === "score") return Math.max(0, sign * of[5]);
      return sign > 0 ? of[1] + of[2] : of[3] + of[4];
    })));
    const most = Math.max(1, reach(1), reach(-1));
    const tens = 10 ** Math.floor(Math.log10(most));
    const interval = Math.max(1, [0.5, 1, 2, 5].map((one) => one * tens).find((one) => most / one <= 3) || 5 * tens);
    const [up, down] = [1, -1].map((sign) => interval * Math.max(1, Math.ceil(reach(sign) / interval)));
    const share = 100 / sides.length;
    const grids = sides.map((_, at) => ({ left: 44, right: 8, top: `${at * share + 7}%`, height: `${share - 12}%` }));
    const bar = (side, at, quad, sign) => ({
      name: classes[quad], type: "bar", stack: side, xAxisIndex: at, yAxisIndex: at, cursor: "pointer",
      barCategoryGap: bins.length > 120 ? "0%" : "18%", itemStyle: { color: colours[quad] }, emphasis: { disabled: true },
      data: bins.map((bin) => { const found = value(bin, side, quad); return found === null ? null : sign * found; }),
    });
    const series = sides.flatMap((side, at) => (measure === "score"
      ? [{
          name: "score", type: "bar", stack: side, xAxisIndex: at, yAxisIndex: at, cursor: "pointer", emphasis: { disabled: true },
          barCategoryGap: bins.length > 120 ? "0%" : "18%",
          data: bins.map((bin) => {
            const found = value(bin, side, 5);
            return found === null ? null : { value: found, itemStyle: { color: colours[found < 0 ? 4 : 2] } };
          }),
        }]
      : [bar(side, at, 2, 1), bar(side, at, 1, 1), bar(side, at, 4, -1), bar(side, at, 3, -1)]
    ).concat({ type: "bar", stack: side, xAxisIndex: at, yAxisIndex: at, data: [], silent: true, markArea: {
      silent: true, itemStyle: { color: rule, opacity: 0.6 },
      data: gaps.map(([from, to]) => [{ xAxis: names[from] }, { xAxis: names[to] }]) } }));
    shown.setOption({
      animation: !still.matches && bins.length < 400, animationDuration: 250, textStyle: { fontFamily: font },
      title: sides.map((side, at) => ({
        text: plain(titles[side]), left: 8, top: `${at * share}%`, textStyle: { color: ink, fontSize: 13, fontWeight: 600, fontFamily: font, width: element.clientWidth - 24, overflow: "truncate" },
      })),
      grid: grids,
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      tooltip: {
        renderMode: "richText", backgroundColor: paper, borderColor: strong, borderWidth: 1, confine: true, trigger: "axis",
        textStyle: { color: ink, fontFamily: font, fontSize: 13 }, axisPointer: { type: "shadow", shadowStyle: { color: rule, opacity: 0.35 } },
        formatter: (items) => {
          const bin = bins[items[0].dataIndex];
          const lines = [label(items[0].dataIndex)];
          if (!bin[4]) return lines.concat("no article of these days").join("\n");
          for (const side of sides) {
            const of = bin[4][side];
            const counts = [1, 2, 3, 4].filter((quad) => of[quad]).map((quad) => `${classes[quad]} ${number(of[quad])}`);
            if (counts.length) lines.push(`${plain(titles[side])}: ${counts.join(", ")}; score ${number(of[5])}`);
          }
          if (lines.length === 1) lines.push("nothing between them");
          return lines.join("\n");
        },
      },
      xAxis: sides.map((_, at) => ({
        type: "category", data: names, gridIndex: at, axisTick: { show: false, interval: 0 }, axisLine: { onZero: true, lineStyle: { color: strong } },
        axisLabel: at === sides.length - 1 ? { color: soft, hideOverlap: true, formatter: (_, at) => tick(bins[at][0], step) } : { show: false },
        position: "bottom",
      })),
      yAxis: sides.map((_, at) => ({
        type: "value", gridIndex: at, min: -down, max: up, interval,
        axisLabel: { color: soft, formatter: (v) => number(measure === "score" ? v : Math.abs(v)), hideOverlap: true, verticalAlignMinLabel: "bottom" },
        splitLine: { lineStyle: { color: rule } },
      })),
      series,
    });
    shown.getZr().on("click", (event) => {
      const point = [event.offsetX, event.offsetY];
      const at = sides.findIndex((_, place) => shown.containPixel({ gridIndex: place }, point));
      if (at < 0) return;
      const [place] = shown.convertFromPixel({ gridIndex: at }, point);
      const bin = bins[Math.max(0, Math.min(bins.length - 1, Math.round(place)))];
      if (bin && bin[4]) under(sides[at], bin[0], bin[1]);
    });
    element.dataset.drawn = "yes";
  };

  onPage("pair-time", draw);
  onPage("said", (element) => {
    if (element.dataset.reload) setTimeout(() => location.reload(), Number(element.dataset.reload));
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const element = document.getElementById("pair-time");
    if (element) draw(element);
  });
  window.addEventListener("resize", () => { if (shown && !shown.isDisposed()) shown.resize(); });
})();
